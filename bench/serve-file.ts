import { writeFile } from 'node:fs/promises'
import { type ServerProcess, startProcess } from './server-process.ts'

/** Starts a bare server that writes `body` to `file` and sends it in response to every request. */
export async function serveFile(file: string, body: Uint8Array): Promise<ServerProcess> {
  await writeFile(file, body)
  return startProcess(process.execPath, ['bench/static-server.ts', file], /http:\S+/)
}
