import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { unloaded } from './unloaded.ts'

/** Tests of the domain, without those that try orders by chance: what they notice today they may not notice tomorrow. */
export default defineConfig({
  plugins: [vue()],
  test: {
    pool: 'threads', isolate: false, testTimeout: 60_000, reporters: ['default', unloaded],
    include: ['test/shared/**/*.test.ts', 'test/timeline/**/*.test.ts', 'test/config/**/*.test.ts', 'test/indicators/**/*.test.ts', 'test/web/**/*.test.ts', 'test/commands/test-rules.test.ts'],
    exclude: ['test/timeline/{order,known}.test.ts', 'test/web/map.test.ts'],
  },
})
