import { defineConfig } from 'vitest/config'

/** Tests of the domain, without those that try orders by chance: what they notice today they may not notice tomorrow. */
export default defineConfig({
  test: {
    pool: 'threads', isolate: false, testTimeout: 60_000,
    include: ['test/shared/**/*.test.ts', 'test/timeline/**/*.test.ts', 'test/config/**/*.test.ts', 'test/indicators/**/*.test.ts'],
    exclude: ['test/timeline/{order,known}.test.ts'],
  },
})
