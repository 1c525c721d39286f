import { type ChildProcess, spawn } from 'node:child_process'
import SERVER from '../server/arguments.json' with { type: 'json' }

/** A server in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** The longest pause of its event loop since this was asked before, in milliseconds; of Chartroom only. */
  longestPause(): Promise<number>
}

/** The account that all doors are opened with. */
export const ADMIN = { account: 'admin', password: 'correct horse battery' }

/** Starts Chartroom as `npm start` does, over the store in `data`, and what watches its event loop. */
export function startChartroom(data: string): Promise<ServerProcess> {
  const args = ['--import=./bench/report-pauses.mjs', ...SERVER]
  return startProcess(process.execPath, args, /http:\/\/127\.0\.0\.1:\d+/, {
    CHARTROOM_HOST: '127.0.0.1',
    CHARTROOM_PORT: '0',
    CHARTROOM_DATA: data,
    CHARTROOM_ADMIN_PASSWORD: ADMIN.password,
    // Eight clients at full speed are more than one address may ask.
    CHARTROOM_RATE_LIMIT: '0',
  })
}

/** Starts a program, and answers when it has printed its address; throws with what it printed when it ended before. */
export async function startProcess(
  command: string,
  args: readonly string[],
  address: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const url = await printedBy(child, address)
  return {
    url,
    pid: child.pid ?? 0,
    longestPause: () =>
      new Promise((resolve) => {
        child.once('message', (milliseconds) => resolve(Number(milliseconds)))
        child.send('pause')
      }),
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.kill('SIGTERM')) await ended
    },
  }
}

function printedBy(child: ChildProcess, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      // What it logs later on is read too, and dropped: a full pipe would stop it.
      if (printed.length < 10_000) printed += chunk.toString()
      const found = wanted.exec(printed)
      if (found) resolve(found[0])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended before it was ready:\n${printed}`)))
  })
}
