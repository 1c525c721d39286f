import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

/** A Chartroom in a process of its own, on a free port of the loopback interface. */
export interface ServerProcess extends AsyncDisposable {
  readonly process: ChildProcess
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
  /** Everything that it has printed so far. */
  printed(): string
  /** Stops it as an operator does, with SIGTERM. Returns its exit code. */
  stop(): Promise<number | null>
}

/**
 * Starts the server as `npm start` does, with this data folder and nothing else from the environment. Throws with what
 * was printed if the process ends before it is ready.
 */
export async function startServerProcess(
  dataFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, CHARTROOM_PORT: '0', CHARTROOM_DATA: dataFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const origin = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        printed += text
        const [, url] = /Sign in at +(\S+)[\s\S]*Password .*\n/.exec(printed) ?? []
        if (url) resolve(url)
      })
    }
    void ended.then((code) => reject(new Error(`The server ended with ${code} before it was ready:\n${printed}`)))
  })
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return {
    process: child,
    origin,
    printed: () => printed,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop()
    },
  }
}
