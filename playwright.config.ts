import { defineConfig, devices } from '@playwright/test'

const executablePath = process.env.CHARTROOM_CHROMIUM

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './server/testing/temporary-folder.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: !!process.env.CI,
  // Timeouts only end hanging tests; they must be long enough for a busy machine.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Chromium has no sandbox as root. The other flags prevent requests to external hosts.
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
