// `npm run gc`: see server/commands/gc.ts.
import { become, install, runtimeNode } from './toolbox.mjs'

install('run')
become(runtimeNode(), ['server/commands/gc.ts', ...process.argv.slice(2)])
