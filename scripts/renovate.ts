// Runs Renovate, installed in the folder given as the argument, against charts in a separate registry.
import { spawn, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeChart } from '../chart/testing/make-chart.ts'
import { instanceEndpoints } from '../contract/ccr/instances.ts'
import { namespaceEndpoints } from '../contract/ccr/namespaces.ts'
import SERVER from '../server/arguments.json' with { type: 'json' }

const [renovate = ''] = process.argv.slice(2)
const PASSWORD = 'correct horse battery'
/** Marks the line of Renovate's log with its results. */
const RESULT = '"packageFiles with updates"'
const AUTHORIZATION = `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`

const work = await mkdtemp(join(tmpdir(), 'chartroom-renovate-'))
const server = spawn(process.execPath, SERVER, {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    ...process.env,
    CHARTROOM_HOST: '127.0.0.1',
    CHARTROOM_PORT: '0',
    CHARTROOM_DATA: join(work, 'data'),
    CHARTROOM_ADMIN_PASSWORD: PASSWORD,
    CHARTROOM_PUBLIC_URL: '',
  },
})

/** Update of a chart that Renovate found, and its warnings. */
interface Found {
  readonly version: string | undefined
  readonly digest: boolean
  readonly warnings: readonly string[]
}

/** Repository URLs of dependencies, by the name of the dependent chart's folder. */
type Dependencies = Readonly<Record<string, string>>

try {
  const origin = await new Promise<string>((resolve, reject) => {
    let printed = ''
    server.stdout.on('data', (text) => {
      printed += text
      const url = /Sign in at +(\S+)/.exec(printed)?.[1]
      if (url) resolve(url)
    })
    server.on('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
  })
  await fill(origin)
  const { host } = new URL(origin)
  const open = { 'public OCI': `oci://${host}/open`, 'public classic': `${origin}/chartrepo/open` }
  const team = { 'private OCI': `oci://${host}/team`, 'private classic': `${origin}/chartrepo/team` }
  const failed = [
    ...report('without credentials', open, await look(origin, open, false)),
    ...report('with credentials', { ...open, ...team }, await look(origin, { ...open, ...team }, true)),
  ]
  console.log(failed.length === 0 ? 'All passed.' : `${failed.length} failed.`)
  process.exitCode = failed.length === 0 ? 0 : 1
} finally {
  server.kill('SIGTERM')
  await rm(work, { recursive: true, force: true, maxRetries: 5 })
}

/** Pushes two versions of a chart into a public and a private namespace. */
async function fill(origin: string): Promise<void> {
  const headers: Record<string, string> = { 'X-Requested-With': 'chartroom', 'Content-Type': 'application/json' }
  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(origin + path, { method, headers, body: body ? JSON.stringify(body) : null })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
  const session = await send('POST', '/console/session', { account: 'admin', password: PASSWORD })
  headers.Cookie = session.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
  const { instances } = instanceEndpoints.list.response.parse(
    await (await send('GET', instanceEndpoints.list.path)).json(),
  )
  for (const [projectName, isPublic] of [
    ['open', 'true'],
    ['team', 'false'],
  ] as const) {
    const path = namespaceEndpoints.create.path.replace(':instanceId', instances[0]?.id ?? '')
    await send('POST', path, { projectName, public: isPublic })
    for (const version of ['1.0.0', '1.1.0']) {
      const { bytes } = await makeChart({ name: 'webapp', version })
      const response = await fetch(`${origin}/api/chartrepo/${projectName}/charts`, {
        method: 'POST',
        headers: { Authorization: AUTHORIZATION },
        body: bytes as Uint8Array<ArrayBuffer>, // made on no shared memory
      })
      if (!response.ok) throw new Error(`${projectName} ${version}: ${response.status} ${await response.text()}`)
    }
  }
}

/** Runs Renovate on charts that depend on webapp 1.0.0 from these repositories. */
async function look(origin: string, dependencies: Dependencies, hasCredentials: boolean): Promise<Map<string, Found>> {
  const { host } = new URL(origin)
  const repository = join(work, hasCredentials ? 'known' : 'anonymous')
  for (const [name, url] of Object.entries(dependencies)) {
    const folder = join(repository, folderOf(name))
    await mkdir(folder, { recursive: true })
    const dependency = `dependencies:\n- name: webapp\n  version: 1.0.0\n  repository: ${url}\n`
    await writeFile(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: parent\nversion: 0.1.0\n${dependency}`)
  }
  const login = hasCredentials ? { username: 'admin', password: PASSWORD } : {}
  const config = join(work, `${hasCredentials ? 'known' : 'anonymous'}.json`)
  await writeFile(
    config,
    JSON.stringify({
      platform: 'local',
      onboarding: false,
      requireConfig: 'ignored',
      enabledManagers: ['helmv3'],
      hostRules: [
        { matchHost: origin, insecureRegistry: true, ...login },
        { hostType: 'docker', matchHost: `https://${host}`, insecureRegistry: true, ...login },
      ],
      packageRules: [{ matchDatasources: ['docker'], pinDigests: true }],
    }),
  )
  for (const args of [
    ['init', '-q', '.'],
    ['add', '-A'],
    ['-c', 'user.email=test@example.org', '-c', 'user.name=test', 'commit', '-qm', 'Charts'],
  ]) {
    if (spawnSync('git', args, { cwd: repository, stdio: 'inherit' }).status !== 0) throw new Error('git failed.')
  }
  // Its exit code also depends on the version of Node, so it is ignored.
  const { stdout } = spawnSync(process.execPath, [join(renovate, 'node_modules', 'renovate', 'dist', 'renovate.js')], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      RENOVATE_CONFIG_FILE: config,
      RENOVATE_BASE_DIR: join(work, 'base'),
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
    },
  })
  if (!stdout.includes(RESULT)) throw new Error(`Renovate found nothing to look at: ${stdout.slice(-2000)}`)
  return foundIn(stdout)
}

function folderOf(name: string): string {
  return name.replaceAll(' ', '-')
}

/** Reads Renovate's results from its log: updates and warnings of each file's dependencies. */
function foundIn(log: string): Map<string, Found> {
  const found = new Map<string, Found>()
  for (const line of log.split('\n')) {
    if (!line.includes(RESULT)) continue
    for (const { packageFile, deps } of JSON.parse(line).config.helmv3 ?? []) {
      for (const { updates, warnings } of deps) {
        const minor = updates.find(({ updateType }: { updateType: string }) => updateType === 'minor')
        found.set(packageFile.split('/')[0], {
          version: minor?.newVersion,
          digest: Boolean(minor?.newDigest),
          warnings: warnings.map(({ message }: { message: string }) => message),
        })
      }
    }
  }
  return found
}

/** Prints the result for each repository; returns the names of those that failed. */
function report(how: string, dependencies: Dependencies, found: Map<string, Found>): string[] {
  return Object.keys(dependencies).filter((name) => {
    const { version, digest = false, warnings = [] } = found.get(folderOf(name)) ?? {}
    // Only OCI has digests to pin.
    const isGood = version === '1.1.0' && warnings.length === 0 && (digest || !name.endsWith('OCI'))
    const what = `update to ${version ?? 'nothing'}${digest ? ', with its digest' : ''}`
    console.log(`${isGood ? 'passed' : 'FAILED'}  Renovate ${how}, ${name}: ${[what, ...warnings].join('; ')}`)
    return !isGood
  })
}
