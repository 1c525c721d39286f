import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{chart,contract,server,src,scripts}/**/*.test.ts'],
    environment: 'node',
  },
})
