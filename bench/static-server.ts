// Baseline for lists and the index: sends one file with bare node:http. The first argument is its path.
import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const [, , file = ''] = process.argv

const server = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'application/x-yaml', 'Content-Length': statSync(file).size })
  createReadStream(file).pipe(response)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`) // a TCP server has no other kind
})
