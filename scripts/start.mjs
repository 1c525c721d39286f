// `npm start`: from a fresh clone to a running registry. With --demo, filled with something to look at.
import { buildIfStale } from './build.mjs'
import { become, install, runtimeNode, SERVER } from './toolbox.mjs'

install('run')
const node = runtimeNode()
buildIfStale(node)
if (process.argv.includes('--demo')) become(node, ['scripts/demo.ts'])
else become(node, SERVER)
