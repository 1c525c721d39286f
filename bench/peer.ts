import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type ServerProcess, startProcess } from './server-process.ts'

/** Debian's package of the CNCF registry. */
const PROGRAM = '/usr/bin/docker-registry'

/** Whether there is one to be measured beside. */
export function hasPeer(): boolean {
  return existsSync(PROGRAM)
}

/**
 * Starts the CNCF registry over `folder`, as its package sets it up, but without credentials: its file of passwords
 * is checked by a bcrypt at each request, beside which nothing else would be seen.
 */
export async function startPeer(folder: string): Promise<ServerProcess> {
  const port = await freePort()
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'config.yml')
  await writeFile(
    file,
    [
      'version: 0.1',
      'log: {level: info, accesslog: {disabled: true}}',
      `storage: {cache: {blobdescriptor: inmemory}, filesystem: {rootdirectory: ${join(folder, 'data')}}, delete: {enabled: true}}`,
      `http: {addr: "127.0.0.1:${port}", secret: bench}`,
      '',
    ].join('\n'),
  )
  const server = await startProcess(PROGRAM, ['serve', file], /listening on 127\.0\.0\.1:\d+/)
  return { ...server, url: `http://127.0.0.1:${port}` }
}

/** It cannot be told to take any port. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other kind
  await new Promise((resolve) => server.close(resolve))
  return port
}
