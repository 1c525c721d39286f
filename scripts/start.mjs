// `npm start`: installs, builds and runs the registry from a fresh clone. With --demo, filled with sample data.
import { buildIfStale } from './build.mjs'
import { become, install, runtimeNode, SERVER } from './toolbox.mjs'

install('run')
const node = runtimeNode()
buildIfStale(node)
if (process.argv.includes('--demo')) become(node, ['scripts/demo.ts'])
else become(node, SERVER)
