import { writeFile } from 'node:fs/promises'
import { type ServerProcess, startProcess } from './server-process.ts'

/** A bare server that sends `body` from `file`, whatever it is asked for. */
export async function serveFile(file: string, body: Uint8Array): Promise<ServerProcess> {
  await writeFile(file, body)
  return startProcess(process.execPath, ['bench/static-server.ts', file], /http:\S+/)
}
