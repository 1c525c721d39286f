import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.CHARTROOM_DEV_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2023', assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  server: {
    // The doors of the registry, served by the same process that `npm start` runs.
    proxy: Object.fromEntries(
      ['/v1', '/console', '/v2', '/chartrepo', '/api', '/service', '/healthz', '/readyz'].map((path) => [
        path,
        { target: server, changeOrigin: false },
      ]),
    ),
  },
})
