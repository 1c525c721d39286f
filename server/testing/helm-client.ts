import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NEWER_HELMS } from './newer-helms.ts'

/** Versions of helm whose binaries come with the packages (`tools/helm-clients`). */
const BUNDLED_HELMS = ['3.2', '3.6', '3.10'] as const

/** Versions of helm to test with, oldest first: the bundled ones, and those that `CHARTROOM_TEST_HELM` adds. */
export const HELMS: readonly string[] = [...BUNDLED_HELMS, ...NEWER_HELMS.keys()]

/** Those of them with `helm push` (3.8 and later). */
export const PUSHING_HELMS: readonly string[] = ['3.10', ...NEWER_HELMS.keys()]

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
  readonly version: string
  /** Where it runs, and keeps everything. */
  readonly folder: string
  /** Runs a command, whatever comes of it. Helm versions of `CHARTROOM_TEST_HELM` get `--plain-http` where they need it. */
  run(...command: readonly string[]): Promise<HelmRun>
  /** Runs a command that must succeed; answers with what it said. */
  do(...command: readonly string[]): Promise<string>
  /** A file by its path below `folder`. */
  file(...path: readonly string[]): Promise<Buffer>
}

/** Makes a home for helm of a version of {@link HELMS}. It goes away at the end of its block with `await using`. Throws when there is no such helm. */
export async function openHelmClient(version: string): Promise<HelmClient> {
  const binary = findHelm(version)
  const folder = await mkdtemp(join(tmpdir(), `chartroom-helm-${version}-`))
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
      execFile(
        binary,
        NEWER_HELMS.has(version) ? overHttp(command) : command,
        { cwd: folder, env, timeout: PATIENCE },
        (error, stdout, stderr) => {
          if (error && typeof error.code !== 'number') return reject(error)
          resolve({ code: Number(error?.code ?? 0), stdout, stderr, said: stdout + stderr })
        },
      )
    })
  return {
    version,
    folder,
    run,
    do: async (...command) => {
      const { code, said } = await run(...command)
      if (code !== 0) throw new Error(`helm ${version}: ${command.join(' ')}: ${said}`)
      return said
    },
    file: (...path) => readFile(join(folder, ...path)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The command with `--plain-http` where it reaches an OCI registry. */
function overHttp(command: readonly string[]): readonly string[] {
  const isOci = command.some((word) => word.startsWith('oci://'))
  const takesFlag = isOci || command[0] === 'dependency' || (command[0] === 'registry' && command[1] === 'login')
  return takesFlag ? [...command, '--plain-http'] : command
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
  if (!kept) throw new Error(`helm ${helm.version} keeps nothing under ${reference}.`)
  const { layers } = JSON.parse((await blob(kept.digest)).toString())
  return blob(layers[0].digest)
}

function findHelm(version: string): string {
  const newer = NEWER_HELMS.get(version)
  if (newer !== undefined) return newer
  try {
    return createRequire(import.meta.url).resolve(`helm-${version}/bin/helm`)
  } catch (error) {
    throw new Error(`There is no helm ${version} in node_modules; "npm ci" brings it.`, { cause: error })
  }
}
