import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Timeout of a command, in milliseconds. */
const TIMEOUT = 60_000

export interface SkopeoRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A real skopeo with its own home folder, isolated from the machine's configuration. Uses plain http. */
export interface SkopeoClient extends AsyncDisposable {
  /** Working directory. */
  readonly folder: string
  /** Runs a command and returns its exit code and output. */
  run(command: string, ...args: readonly string[]): Promise<SkopeoRun>
  /** Runs a command and returns its standard output. Throws if it fails. */
  do(command: string, ...args: readonly string[]): Promise<string>
}

/**
 * Creates a home folder for the skopeo in `CHARTROOM_SKOPEO`. Throws if that is not set; callers skip their tests then.
 */
export async function openSkopeo(): Promise<SkopeoClient> {
  const binary = process.env.CHARTROOM_SKOPEO
  if (!binary) throw new Error('CHARTROOM_SKOPEO is not set.')
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-skopeo-'))
  const home = join(folder, 'home')
  const env = {
    HOME: home,
    TMPDIR: folder,
    XDG_RUNTIME_DIR: home,
    REGISTRY_AUTH_FILE: join(home, 'auth.json'),
    CONTAINERS_REGISTRIES_CONF: join(home, 'registries.conf'),
  }
  await mkdir(home)
  await writeFile(env.CONTAINERS_REGISTRIES_CONF, '')
  const run: SkopeoClient['run'] = (command, ...args) =>
    new Promise((resolve, reject) => {
      const all = ['--insecure-policy', command, ...(WITHOUT_TLS[command] ?? ['--tls-verify=false']), ...args]
      execFile(binary, all, { cwd: folder, env, timeout: TIMEOUT }, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') return reject(error)
        resolve({ code: Number(error?.code ?? 0), stdout, stderr })
      })
    })
  return {
    folder,
    run,
    do: async (command, ...args) => {
      const { code, stdout, stderr } = await run(command, ...args)
      if (code !== 0) throw new Error(`skopeo ${command} ${args.join(' ')}: ${stderr}`)
      return stdout
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Options for plain http of commands that do not accept `--tls-verify`. */
const WITHOUT_TLS: Readonly<Record<string, readonly string[]>> = {
  copy: ['--src-tls-verify=false', '--dest-tls-verify=false'],
  logout: [],
}
