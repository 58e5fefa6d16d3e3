import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Tests that take minutes say so in their name (`*.long.test.ts`) and run with `npm run test:long`. */
const long = process.env['AIR_TEST_LONG'] === 'true'

const unlessLong = long ? [] : ['**/*.long.test.ts']

const inRooms = (...rooms: string[]): string[] => rooms.map((room) => `test/${room}/**/*.test.ts`)
/** Modules are loaded once for each worker, which halves its time, where no file leaves anything behind in them: what is pure, parts of the server. */
const pure = inRooms('shared', 'timeline', 'config', 'indicators', 'reports', 'web')
const parts = inRooms('http', 'notify', 'desk', 'layouts', 'deploy', 'server')

export default defineConfig({
  plugins: [vue()],
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A test says what comes, not how fast: a busy machine is waited for.
    expect: { poll: { timeout: 30_000 } },
    passWithNoTests: true,
    globalSetup: ['test/setup/build.mjs'],
    projects: [
      { extends: true, test: { name: 'domain', isolate: false, include: pure, exclude: unlessLong } },
      { extends: true, test: { name: 'parts', isolate: false, include: parts, exclude: unlessLong } },
      { extends: true, test: { name: 'code', include: ['test/**/*.test.ts'], exclude: ['test/browser/**', ...pure, ...parts, ...unlessLong] } },
      { extends: true, test: { name: 'browser', isolate: false, include: ['test/browser/**/*.test.ts'], exclude: unlessLong, retry: 1 } },
    ],
  },
})
