import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Milliseconds that a command may take. */
const PATIENCE = 60_000

export interface SkopeoRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** A real skopeo with a home of its own, which nothing of the machine's gets into. It speaks plain http to servers that have no TLS. */
export interface SkopeoClient extends AsyncDisposable {
  /** Where it runs. */
  readonly folder: string
  /** Runs a command, whatever comes of it. */
  run(command: string, ...args: readonly string[]): Promise<SkopeoRun>
  /** Runs a command that must succeed; answers with what it printed. */
  do(command: string, ...args: readonly string[]): Promise<string>
}

/** Makes a home for skopeo. Throws when nobody has said where it is: the tests with it are left out then. */
export async function openSkopeo(): Promise<SkopeoClient> {
  const binary = process.env.CHARTROOM_SKOPEO
  if (!binary) throw new Error('CHARTROOM_SKOPEO says where skopeo is.')
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
      execFile(binary, all, { cwd: folder, env, timeout: PATIENCE }, (error, stdout, stderr) => {
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

/** Commands that have options of their own for it. */
const WITHOUT_TLS: Readonly<Record<string, readonly string[]>> = {
  copy: ['--src-tls-verify=false', '--dest-tls-verify=false'],
  logout: [],
}
