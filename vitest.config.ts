import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Tests that take minutes say so in their name (`*.long.test.ts`) and run with `npm run test:long`. */
const long = process.env['AIR_TEST_LONG'] === 'true'

/**
 * What kills processes, fills disks, lays out a page or tries many orders of arrival knows no civil time, and takes long:
 * further time zones do without it, but in the long run.
 */
const timeless = process.env['AIR_TEST_CIVIL'] !== 'true' ? [] : [
  'test/readings/**', 'test/journal/**', 'test/access/**', 'test/commands/**', 'test/http/**', 'test/web/map.test.ts', 'test/architecture.test.ts',
  'test/path/{alerts,backup,beside,canary,disk,exercise,files,hj212-crowd,input,kill,known,mqtt,pull,replay,shipping,silent,start,towers,ways-killed,winter}.test.ts', 'test/deploy/**', 'test/timeline/{known,order}.test.ts',
]

const unlessLong = long ? [] : ['**/*.long.test.ts']

/** What is pure needs no modules of its own for each file: they are loaded once for each worker, which halves its time. */
const pure = ['shared', 'timeline', 'config', 'indicators', 'reports', 'web'].map((room) => `test/${room}/**/*.test.ts`)

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
      { extends: true, test: { name: 'domain', isolate: false, include: pure, exclude: [...unlessLong, ...timeless] } },
      { extends: true, test: { name: 'code', include: ['test/**/*.test.ts'], exclude: ['test/browser/**', ...pure, ...unlessLong, ...timeless] } },
      { extends: true, test: { name: 'browser', include: ['test/browser/**/*.test.ts'], exclude: unlessLong } },
    ],
  },
})
