import { configDefaults, defineConfig } from 'vitest/config'

// Tests that run real helm clients, whose binaries exist only for Linux.
const ofRealClients = 'server/http/helm/{helm-*,matrix}.test.ts'

// Test that limits a running process, which only Linux supports.
const ofLimits = 'server/disk-without-writes.test.ts'

// Tests that need programs whose paths `scripts/test.mjs` sets; they are skipped without.
const ofPrograms = {
  CHARTROOM_SKOPEO: 'server/http/helm/skopeo.test.ts',
  CHARTROOM_CURL: 'server/http/management/bce-auth/signing-guide-curl.test.ts',
}

export default defineConfig({
  test: {
    include: ['{chart,contract,server,src,scripts}/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      ...(process.platform === 'linux' ? [] : [ofRealClients, ofLimits]),
      ...Object.entries(ofPrograms).flatMap(([name, tests]) => (process.env[name] ? [] : [tests])),
    ],
    environment: 'node',
    // Files of a worker share its modules: loading all of the server again for each file took a third of the CPU time.
    isolate: false,
    globalSetup: 'server/testing/temporary-folder.ts',
    // The default leaves one core to the runner, which hardly uses it.
    maxWorkers: '100%',
    // Timeouts only end hanging tests; they must be long enough for a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
})
