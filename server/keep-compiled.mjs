// Preloaded by Node before the server: enables the compile cache. Without it, each start and each thread loads the type
// stripper, which occupies 20 MB of memory permanently. In plain JavaScript, because it would itself need the stripper.
// If the folder is not writable, the server works without the cache.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/chartroom', import.meta.url)))
