// `npm run dev`: Vite with hot reload in front of the same server, which restarts on change.
import { spawn } from 'node:child_process'
import { command, environment, install, root, runtimeNode, SERVER } from './toolbox.mjs'

install('all')
const node = runtimeNode()
const port = process.env.CHARTROOM_PORT ?? '8080'
const env = environment(node, {
  CHARTROOM_DEV_SERVER: `http://127.0.0.1:${port}`,
  // The server must print and accept the URL of Vite.
  CHARTROOM_PUBLIC_URL: process.env.CHARTROOM_PUBLIC_URL ?? 'http://127.0.0.1:5173',
})
const children = [
  ['--watch-path=server', '--watch-path=contract', '--watch-path=chart', ...SERVER],
  [command('vite'), '--host', '127.0.0.1'],
].map((args) => spawn(node, args, { cwd: root, stdio: 'inherit', env }))

const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop)
for (const child of children) {
  child.on('exit', (code) => {
    process.exitCode ??= code ?? 0
    stop()
  })
}
