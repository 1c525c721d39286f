import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type ServerProcess, startProcess } from './server-process.ts'

/** The CNCF registry, as packaged by Debian. */
const PROGRAM = '/usr/bin/docker-registry'

/** Whether the CNCF registry is installed. */
export function hasCncfRegistry(): boolean {
  return existsSync(PROGRAM)
}

/**
 * Starts the CNCF registry on `folder`, configured as by its package, but without credentials: with its password file,
 * bcrypt on each request would dominate every measurement.
 */
export async function startCncfRegistry(folder: string): Promise<ServerProcess> {
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

/** Returns a free port: the CNCF registry cannot choose one itself. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server has no other kind
  await new Promise((resolve) => server.close(resolve))
  return port
}
