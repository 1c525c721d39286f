import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = process.env.CHARTROOM_DEV_SERVER ?? 'http://127.0.0.1:8080'

/** Runs `src/start.ts` as soon as it is loaded; imported by `src/main.tsx`, it would wait for all other imports. */
const startFirst: Plugin = {
  name: 'start-first',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const start = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'start')
      if (!start) return []
      const attrs = { type: 'module', async: true, crossorigin: true, src: `/${start.fileName}` }
      return [{ tag: 'script', attrs, injectTo: 'head' }]
    },
  },
}

const ICON = /@ant-design\/icons\/es\/components\/AntdIcon(Light)?\.js$/
const ICON_IS_ANNOUNCED = /role: "img",\s*"aria-label": icon\.name/

/**
 * Hides decorative icons from assistive technology. The icon package announces each by its English file name, and
 * has no setting for it: "img down" after each select. Icons with a role, a name or a click handler stay announced.
 */
const hideDecorativeIcons: Plugin = {
  name: 'hide-decorative-icons',
  transform(code, id) {
    if (!ICON.test(id)) return
    if (!ICON_IS_ANNOUNCED.test(code))
      this.error('hide-decorative-icons in vite.config.ts does not fit this file any more')
    return code.replace(
      ICON_IS_ANNOUNCED,
      `...(onClick || restProps.role || restProps["aria-label"]
        ? { role: "img", "aria-label": icon.name }
        : { "aria-hidden": true })`,
    )
  },
}

/** Modules of the chunk of `src/start.ts`. */
const EARLY = /src\/(start|create-store|i18n\/language|layout\/component-texts)\.ts$|vite\/preload-helper/

export default defineConfig({
  plugins: [react(), startFirst, hideDecorativeIcons],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      input: ['index.html', 'src/start.ts'],
      output: {
        // Browsers open six connections to a server: eighty small files of a first page would wait for one another.
        codeSplitting: {
          groups: [
            { name: 'start', test: EARLY, priority: 1 },
            { name: 'console', tags: ['$initial'] },
            { name: 'shared', minShareCount: 4 },
          ],
        },
      },
    },
  },
  server: {
    // The APIs of the registry, proxied to the server that `npm run dev` starts.
    proxy: Object.fromEntries(
      ['/v1', '/console', '/v2', '/chartrepo', '/api', '/service', '/healthz', '/readyz'].map((path) => [
        path,
        { target: server, changeOrigin: false },
      ]),
    ),
  },
})
