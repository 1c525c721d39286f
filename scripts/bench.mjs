// `npm run bench`: takes the measurements of docs/performance.md, with the built console.
import { buildIfStale } from './build.mjs'
import { chromium } from './chromium.mjs'
import { install, run, runtimeNode } from './toolbox.mjs'

install('all')
const node = runtimeNode()
buildIfStale(node)
process.exitCode = run(node, ['bench/main.ts', ...process.argv.slice(2)], { CHARTROOM_CHROMIUM: chromium() })
