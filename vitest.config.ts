import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{chart,contract,server,src,scripts}/**/*.test.ts'],
    environment: 'node',
    // Tests do not time: this only ends one that hangs, on a machine however busy.
    testTimeout: 60_000,
  },
})
