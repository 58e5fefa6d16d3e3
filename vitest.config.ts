import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Tests that take minutes say so in their name (`*.long.test.ts`) and run with `npm run test:long`. */
const long = process.env['AIR_TEST_LONG'] === 'true'

export default defineConfig({
  plugins: [vue()],
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
    globalSetup: ['test/setup/build.mjs'],
    projects: [
      {
        extends: true,
        test: {
          name: 'code',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...(long ? [] : ['**/*.long.test.ts'])],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: long ? [] : ['**/*.long.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
})
