import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The real clients that come with the packages (`tools/helm-clients`): one of each way to speak OCI, as far as there are binaries. */
export const HELMS = ['3.2', '3.6', '3.10'] as const
export type HelmAge = (typeof HELMS)[number]

/** An RSA key without a passphrase, in the old format of keyrings: all that helm reads. It signs nothing but tests. */
export const KEYRING = fileURLToPath(new URL('./keyring/test-key.gpg', import.meta.url))
export const KEY_NAME = 'Chartroom test'

/** Milliseconds that a command may take. */
const PATIENCE = 60_000

export interface HelmRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** All that a person would see. */
  readonly said: string
}

/** A real helm with a home of its own, which nothing of the machine's gets into. */
export interface HelmClient extends AsyncDisposable {
  readonly age: HelmAge
  /** Where it runs, and keeps everything. */
  readonly folder: string
  /** Runs a command, whatever comes of it. */
  run(...command: readonly string[]): Promise<HelmRun>
  /** Runs a command that must succeed; answers with what it said. */
  do(...command: readonly string[]): Promise<string>
  /** A file by its path below `folder`. */
  file(...path: readonly string[]): Promise<Buffer>
}

/** Makes a home for helm of that age. It goes away at the end of its block with `await using`. Throws when there is no such helm. */
export async function openHelmClient(age: HelmAge): Promise<HelmClient> {
  const binary = findHelm(age)
  const folder = await mkdtemp(join(tmpdir(), `chartroom-helm-${age}-`))
  const home = (kind: string) => join(folder, 'home', kind)
  const env = {
    HOME: join(folder, 'home'),
    // Helm before 3.3 knows only these.
    XDG_CACHE_HOME: home('cache'),
    XDG_CONFIG_HOME: home('config'),
    XDG_DATA_HOME: home('data'),
    HELM_CACHE_HOME: join(home('cache'), 'helm'),
    HELM_CONFIG_HOME: join(home('config'), 'helm'),
    HELM_DATA_HOME: join(home('data'), 'helm'),
    HELM_EXPERIMENTAL_OCI: '1',
  }
  await mkdir(env.HOME)
  const run: HelmClient['run'] = (...command) =>
    new Promise((resolve, reject) => {
      execFile(binary, command, { cwd: folder, env, timeout: PATIENCE }, (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') return reject(error)
        resolve({ code: Number(error?.code ?? 0), stdout, stderr, said: stdout + stderr })
      })
    })
  return {
    age,
    folder,
    run,
    do: async (...command) => {
      const { code, said } = await run(...command)
      if (code !== 0) throw new Error(`helm ${age}: ${command.join(' ')}: ${said}`)
      return said
    },
    file: (...path) => readFile(join(folder, ...path)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Bytes of the chart that helm before 3.7 keeps under a reference in its own cache, an OCI layout. */
export async function keptChart(helm: HelmClient, reference: string): Promise<Buffer> {
  const cache = (...path: string[]) => helm.file('home', 'cache', 'helm', 'registry', 'cache', ...path)
  const blob = (digest: string) => cache('blobs', ...digest.split(':'))
  const index = JSON.parse((await cache('index.json')).toString())
  const kept = index.manifests.find(
    ({ annotations }: { annotations: Record<string, string> }) =>
      annotations['org.opencontainers.image.ref.name'] === reference,
  )
  if (!kept) throw new Error(`helm ${helm.age} keeps nothing under ${reference}.`)
  const { layers } = JSON.parse((await blob(kept.digest)).toString())
  return blob(layers[0].digest)
}

function findHelm(age: HelmAge): string {
  try {
    return createRequire(import.meta.url).resolve(`helm-${age}/bin/helm`)
  } catch (error) {
    throw new Error(`There is no helm ${age} in node_modules; "npm ci" brings it.`, { cause: error })
  }
}
