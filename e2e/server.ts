import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import SERVER from '../server/arguments.json' with { type: 'json' }
import { quickPasswordHash } from '../server/testing/quick-password-hash.ts'

/** The account that the tests sign in with. */
export const ADMIN = { account: 'admin', password: 'correct horse battery' }

/** A real server on a free port with an empty data folder, and the built console. */
export interface RunningServer {
  readonly url: string
  stop(): Promise<void>
}

/** Starts a server with additional environment variables and waits until it is ready. Throws with its output on failure. */
export async function startServer(more: Readonly<Record<string, string>> = {}): Promise<RunningServer> {
  const data = await mkdtemp(join(tmpdir(), 'chartroom-e2e-'))
  const child = spawn(process.execPath, SERVER, {
    env: {
      ...process.env,
      CHARTROOM_PORT: '0',
      CHARTROOM_DATA: data,
      CHARTROOM_ADMIN_PASSWORD: ADMIN.password,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const url = await addressOf(child)
  signInQuickly(join(more.CHARTROOM_DATA ?? data, 'chartroom.db'))
  return {
    url,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      await rm(data, { recursive: true, force: true })
    },
  }
}

/** Replaces the stored hash of the administrator's password by one that costs little: each test signs in twice. */
function signInQuickly(file: string): void {
  using database = new DatabaseSync(file, { timeout: 10_000 })
  database
    .prepare('update accounts set password_hash = ? where name = ?')
    .run(quickPasswordHash(ADMIN.password), ADMIN.account)
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      const address = printed.match(/http:\/\/127\.0\.0\.1:\d+/)
      if (address) resolve(address[0])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => reject(new Error(`The server ended before it was ready:\n${printed}`)))
  })
}
