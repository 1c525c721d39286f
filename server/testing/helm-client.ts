import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NEWER_HELMS } from './newer-helms.ts'

/** Versions of helm whose binaries are installed as packages (`tools/helm-clients`). */
const BUNDLED_HELMS = ['3.2', '3.6', '3.10'] as const

/** Versions of helm to test with, oldest first: the bundled ones, and those of `CHARTROOM_TEST_HELM`. */
export const HELMS: readonly string[] = [...BUNDLED_HELMS, ...NEWER_HELMS.keys()]

/** Those of them with `helm push` (3.8 and later). */
export const PUSHING_HELMS: readonly string[] = ['3.10', ...NEWER_HELMS.keys()]

/** Keyring for tests: an RSA key without a passphrase, in the old format, which is the only one that helm reads. */
export const KEYRING = fileURLToPath(new URL('./keyring/test-key.gpg', import.meta.url))
export const KEY_NAME = 'Chartroom test'

/** Timeout of a command, in milliseconds. */
const TIMEOUT = 60_000

export interface HelmRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Standard output followed by standard error. */
  readonly output: string
}

/** A real helm with its own home folder, isolated from the machine's configuration. */
export interface HelmClient extends AsyncDisposable {
  readonly version: string
  /** Working directory, which contains the home folder. */
  readonly folder: string
  /** Runs a command and returns its exit code and output. Adds `--plain-http` for versions of `CHARTROOM_TEST_HELM`. */
  run(...command: readonly string[]): Promise<HelmRun>
  /** Runs a command and returns its output. Throws if it fails. */
  do(...command: readonly string[]): Promise<string>
  /** Reads a file by its path below `folder`. */
  file(...path: readonly string[]): Promise<Buffer>
}

/**
 * Creates a home folder for a version of {@link HELMS}, which is removed on disposal. Throws if there is no such helm.
 */
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
        { cwd: folder, env, timeout: TIMEOUT },
        (error, stdout, stderr) => {
          if (error && typeof error.code !== 'number') return reject(error)
          resolve({ code: Number(error?.code ?? 0), stdout, stderr, output: stdout + stderr })
        },
      )
    })
  return {
    version,
    folder,
    run,
    do: async (...command) => {
      const { code, output } = await run(...command)
      if (code !== 0) throw new Error(`helm ${version}: ${command.join(' ')}: ${output}`)
      return output
    },
    file: (...path) => readFile(join(folder, ...path)),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Adds `--plain-http` to commands that access an OCI registry. */
function overHttp(command: readonly string[]): readonly string[] {
  const isOci = command.some((word) => word.startsWith('oci://'))
  const takesFlag = isOci || command[0] === 'dependency' || (command[0] === 'registry' && command[1] === 'login')
  return takesFlag ? [...command, '--plain-http'] : command
}

/** Returns the archive of a chart that helm before 3.7 has stored under a reference in its cache, an OCI layout. */
export async function keptChart(helm: HelmClient, reference: string): Promise<Buffer> {
  const cache = (...path: string[]) => helm.file('home', 'cache', 'helm', 'registry', 'cache', ...path)
  const blob = (digest: string) => cache('blobs', ...digest.split(':'))
  const index = JSON.parse((await cache('index.json')).toString())
  const cached = index.manifests.find(
    ({ annotations }: { annotations: Record<string, string> }) =>
      annotations['org.opencontainers.image.ref.name'] === reference,
  )
  if (!cached) throw new Error(`helm ${helm.version} has not cached ${reference}.`)
  const { layers } = JSON.parse((await blob(cached.digest)).toString())
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
