// Loaded before the server, and plain JavaScript for that: what Node makes of the sources is kept for the next start.
// Else each start, and each thread, loads what takes the types out of them: 20 MB that stay as long as it runs. Where the
// folder cannot be written to, that is all that is lost.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/chartroom', import.meta.url)))
