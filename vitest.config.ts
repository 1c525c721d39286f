import { configDefaults, defineConfig } from 'vitest/config'

// They run real helm clients, of which there are binaries for Linux alone.
const ofRealClients = 'server/http/helm-doors/{helm-*,matrix}.test.ts'

// The script that runs the tests says where it is, or that these are left out.
const ofSkopeo = 'server/http/helm-doors/skopeo.test.ts'

export default defineConfig({
  test: {
    include: ['{chart,contract,server,src,scripts}/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      ...(process.platform === 'linux' ? [] : [ofRealClients]),
      ...(process.env.CHARTROOM_SKOPEO ? [] : [ofSkopeo]),
    ],
    environment: 'node',
    // Tests do not time: this only ends one that hangs, on a machine however busy.
    testTimeout: 60_000,
  },
})
