// `npm run doctor`: see server/commands/doctor.ts.
import { become, install, runtimeNode } from './toolbox.mjs'

install('run')
become(runtimeNode(), ['server/commands/doctor.ts', ...process.argv.slice(2)])
