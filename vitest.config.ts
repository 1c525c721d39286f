import { configDefaults, defineConfig } from 'vitest/config'

// They run real helm clients, of which there are binaries for Linux alone.
const ofRealClients = 'server/http/helm/{helm-*,matrix}.test.ts'

// It limits a running process, as only Linux can.
const ofLimits = 'server/disk-without-writes.test.ts'

// The script that runs the tests says where these programs are, or that their tests are left out.
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
    globalSetup: 'server/testing/temporary-folder.ts',
    // Else one core is left to the runner, which has next to nothing to do.
    maxWorkers: '100%',
    // Tests do not time: these only end what hangs, however busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
})
