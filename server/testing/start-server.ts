import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SERVER from '../arguments.json' with { type: 'json' }

/** A process of the server. */
export interface StartedServer {
  readonly child: ChildProcess
  /** Process ID. */
  readonly pid: number
  /** Output on both streams until it was ready, or all of it if it ended before. */
  readonly printed: string
  /** Returns the output until now. */
  said(): string
  /** URL from the start message; empty if the process ended before. */
  readonly url: string
  /** Resolves with the exit code when the process ends; null after a signal. */
  readonly ended: Promise<number | null>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Servers of a test, each a process on a free port, and a folder for their data. */
export interface TestServers extends AsyncDisposable {
  /** Default data folder of the servers, not created yet. */
  readonly data: string
  /** Resolves when the server is ready or has ended. */
  start(env?: Record<string, string>, options?: StartOptions): Promise<StartedServer>
}

export interface StartOptions {
  /** Arguments for Node before the script. */
  readonly node?: readonly string[]
  /** A wrapper program with its arguments, which executes Node. */
  readonly through?: readonly string[]
}

/** Creates a temporary folder for servers. Disposal kills the running ones and removes the folder. */
export async function testServers(): Promise<TestServers> {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-server-'))
  const data = join(folder, 'data')
  const running = new Set<StartedServer>()
  return {
    data,
    start: async (env = {}, options = {}) => {
      const server = await startServer({ CHARTROOM_DATA: data, ...env }, options)
      running.add(server)
      return server
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...running].map((server) => server.stop('SIGKILL')))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function startServer(env: Record<string, string>, { node = [], through = [] }: StartOptions): Promise<StartedServer> {
  const [program = '', ...rest] = [...through, process.execPath, ...node, ...SERVER]
  const child = spawn(program, rest, {
    env: { PATH: process.env.PATH, CHARTROOM_PORT: '0', ...env },
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  return new Promise((resolve, reject) => {
    let output = ''
    const settle = () =>
      resolve({
        child,
        pid: child.pid ?? 0,
        printed: output,
        said: () => output,
        url: /http:\S+/.exec(output)?.[0] ?? '',
        ended,
        stop: (signal = 'SIGTERM') => {
          child.kill(signal)
          return ended
        },
      })
    child.on('error', reject)
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text) => {
        output += text
        if (/Password .*\n/.test(output)) settle()
      })
    }
    void ended.then(settle)
  })
}

/** Signs in to the console. Returns the status and the session cookie. */
export async function signIn(
  url: string,
  password: string,
  account = 'admin',
): Promise<{ status: number; cookie: string }> {
  const body = JSON.stringify({ account, password })
  const response = await fetch(`${url}/console/session`, {
    method: 'POST',
    headers: { 'X-Requested-With': 'chartroom', 'Content-Type': 'application/json' },
    body,
  })
  await response.arrayBuffer()
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}
