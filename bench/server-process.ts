import { type ChildProcess, spawn } from 'node:child_process'
import SERVER from '../server/arguments.json' with { type: 'json' }

/** A server in a separate process. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Returns the longest pause of its event loop since the last call, in milliseconds. Only for Chartroom. */
  longestPause(): Promise<number>
}

/** The account of all requests. */
export const ADMIN = { account: 'admin', password: 'correct horse battery' }

/** Starts Chartroom as `npm start` does, on the data folder `data`, with a monitor of its event loop. */
export function startChartroom(data: string): Promise<ServerProcess> {
  const args = ['--import=./bench/report-pauses.mjs', ...SERVER]
  return startProcess(process.execPath, args, /http:\/\/127\.0\.0\.1:\d+/, {
    CHARTROOM_HOST: '127.0.0.1',
    CHARTROOM_PORT: '0',
    CHARTROOM_DATA: data,
    CHARTROOM_ADMIN_PASSWORD: ADMIN.password,
    // Eight clients at full speed would exceed the rate limit.
    CHARTROOM_RATE_LIMIT: '0',
  })
}

/** Starts a program and waits until it prints its URL. Throws with its output if it exits before. */
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

function printedBy(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      // Later output is read and dropped, because a full pipe would block the server.
      if (printed.length < 10_000) printed += chunk.toString()
      const found = pattern.exec(printed)
      if (found) resolve(found[0])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended before it was ready:\n${printed}`)))
  })
}
