import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.CHARTROOM_DEV_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        // A browser has six connections to a server: eighty small files of a first page would wait for one another.
        codeSplitting: {
          groups: [
            { name: 'console', tags: ['$initial'] },
            { name: 'pages', minShareCount: 4 },
          ],
        },
      },
    },
  },
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
