import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    globalSetup: 'test/support/build.ts',
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Much of what is waited for is a browser or another process: four readers of tests keep two cores busy.
    maxWorkers: 4,
    isolate: false,
    // A test that waits for a process or a browser says so itself; all others finish long before this.
    slowTestThreshold: 2_000,
  },
})
