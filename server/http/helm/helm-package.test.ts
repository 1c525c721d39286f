import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { readChartArchive } from '../../../chart/archive.ts'
import { packChart } from '../../../chart/pack-chart.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { HELMS, type HelmClient, openHelmClient } from '../../testing/helm-client.ts'

/** Chart folders packaged by the console, compared with `helm package` of real Helm clients. */

vi.setConfig({ testTimeout: 120_000 })

type Files = Readonly<Record<string, string | Uint8Array>>

const chartYaml = (name: string, apiVersion = 'v2') =>
  `# comment\napiVersion: ${apiVersion}\nname: ${name}\nversion: 1.0.0\n`
const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-{{ .Chart.Name }}\n'
const chart = (name = 'web', apiVersion = 'v2') => ({
  'Chart.yaml': chartYaml(name, apiVersion),
  'values.yaml': 'replicas: 1\n',
  'templates/config-map.yaml': configMap,
})
const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, body]) => [`${folder}/${path}`, body]))

const redis = await makeChart({ name: 'redis', version: '2.0.0' })
const nested = await makeChart({
  name: 'nested',
  version: '1.0.0',
  files: { [`charts/${redis.fileName}`]: redis.bytes },
})

const ORDINARY: Files = {
  ...chart(),
  'README.md': 'Read me',
  LICENSE: '',
  'values.schema.json': '{}',
  'templates/NOTES.txt': 'Done',
  'templates/_helpers.tpl': '',
  'templates/tests/test.yaml': '',
  'crds/crd.yaml': '',
  'files/a.bin': new Uint8Array([0, 255, 128]),
  'files.d/b': '',
}

const FOLDERS: readonly (readonly [title: string, files: Files])[] = [
  ['ordinary files', ORDINARY],
  [
    'dotfiles',
    { ...chart(), '.git/HEAD': 'x', '.hidden': 'x', 'templates/.hidden.yaml': '{{', 'templates/.d/x': 'x', 'a/.b': '' },
  ],
  [
    'rules of every kind',
    {
      ...ORDINARY,
      '.helmignore': '# all kinds\n.git/\n*.md\n/files\ncrds/*.y?ml\ntests/\n[a-c].txt\n\\[x\\]\nLICENSE/\n',
      '.git/HEAD': 'x',
      'docs/guide.md': '',
      'docs/files/kept': '',
      'docs/tests/left-out': '',
      'b.txt': '',
      'd.txt': '',
      '[x]': '',
      x: '',
    },
  ],
  ['a negated rule', { ...ORDINARY, '.helmignore': '!*[a-z]\nfiles\n', 'A/B': '' }],
  [
    'odd names',
    {
      ...chart(),
      'files/white space': '',
      'files/数据库/é🚀.txt': 'x',
      [`files/${'long/'.repeat(40)}${'n'.repeat(120)}`]: 'x',
      [`files/${'数'.repeat(60)}`]: 'x',
      'files/\'quotes\' "and" {braces} #1 %41 a=b;c': '',
      'files/-x': '',
    },
  ],
  [
    'subcharts',
    {
      ...chart(),
      'Chart.yaml': `${chartYaml('web')}dependencies: [{name: sub, version: 1.0.0}, {name: nested, version: 1.0.0}]\n`,
      ...below('charts/folder', chart('sub')),
      ...below('charts/folder/charts/deep', chart('deep', 'v1')),
      ...below('charts/_left-out', chart('left-out')),
      [`charts/${nested.fileName}`]: nested.bytes,
      [`charts/${nested.fileName}.prov`]: 'signed',
      'charts/.gitkeep': '',
      '.helmignore': 'charts/folder/README.md\n',
      'charts/folder/README.md': '',
      'charts/folder/.helmignore': 'values.yaml\n',
    },
  ],
  [
    'requirements of a v1 chart',
    {
      ...chart('web', 'v1'),
      'requirements.yaml': 'dependencies: []\n',
      'requirements.lock': 'digest: x\n',
      'Chart.lock': 'digest: x\n',
    },
  ],
  [
    'the lock file of a v2 chart',
    { ...chart(), 'Chart.lock': 'dependencies: []\ndigest: sha256:x\ngenerated: "2026-01-02T03:04:05Z"\n' },
  ],
]

/** Helm before 3.3 treats a byte order mark as part of the text. */
const MARKED: readonly (readonly [title: string, files: Files])[] = [
  [
    'byte order marks',
    { ...chart(), '.helmignore': '\ufeff*.md', 'README.md': '', 'values.yaml': '\ufeffreplicas: 1\n' },
  ],
]

const REFUSED: readonly (readonly [title: string, files: Files])[] = [
  ['no Chart.yaml', { 'values.yaml': '' }],
  ['a Chart.yaml that is not valid YAML', { ...chart(), 'Chart.yaml': 'name: [' }],
  ['a negated rule for folders', { ...chart(), '.helmignore': '*.md\n!*s/\n' }],
  ['a double star', { ...chart(), '.helmignore': '**/x\n' }],
  ['a broken pattern', { ...chart(), '.helmignore': '[\n' }],
  ['a file for a subchart', { ...chart(), 'charts/README.md': '' }],
  ['a subchart that is not a valid package', { ...chart(), 'charts/a.tgz': '' }],
]

describe.each(HELMS)('helm %s', (version) => {
  test.each([...FOLDERS, ...(version === '3.2' ? [] : MARKED)])('packages the same files: %s', async (_, files) => {
    await using helm = await openHelmClient(version)
    await writeFolder(helm, files)
    await helm.do('package', 'folder')
    const packed = await pack(files)
    expect(packed.fileName).toBe('web-1.0.0.tgz')
    expect(await listed(packed.bytes)).toEqual(await listed(await helm.file(packed.fileName)))

    await mkdir(join(helm.folder, 'packed'))
    await writeFile(join(helm.folder, 'packed', packed.fileName), packed.bytes)
    for (const command of [['lint'], ['show', 'all'], ['template', 'release']]) {
      const [ours, theirs] = [join('packed', packed.fileName), packed.fileName].map((path) => [...command, path])
      expect(printed(await helm.do(...(ours ?? [])))).toBe(printed(await helm.do(...(theirs ?? []))))
    }
  })

  test.each(REFUSED)('rejects the same folders: %s', async (_, files) => {
    await using helm = await openHelmClient(version)
    await writeFolder(helm, files)
    expect((await helm.run('package', 'folder')).code).toBe(1)
    await expect(pack(files)).rejects.toThrow(ChartProblem)
  })
})

async function writeFolder(helm: HelmClient, files: Files): Promise<void> {
  for (const [path, body] of Object.entries(files)) {
    const target = join(helm.folder, 'folder', path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, body)
  }
}

function pack(files: Files) {
  return packChart(
    Object.entries(files).map(([path, body]) => {
      const bytes = Buffer.from(body)
      return { path, size: bytes.length, read: async () => bytes }
    }),
  )
}

/** Paths and sizes; only the paths of files that Helm rewrites. Helm packages subcharts in any order. */
async function listed(archive: Uint8Array): Promise<string[]> {
  const { files } = await readChartArchive(
    (async function* () {
      yield archive
    })(),
  )
  const lines = files.map(({ path, size }) => (/(^|\/)Chart\.(yaml|lock)$/.test(path) ? path : `${path} ${size}`))
  const isSubchart = (line: string) => /^charts\/[^/]+\//.test(line)
  return [...lines.filter((line) => !isSubchart(line)), ...lines.filter(isSubchart).toSorted()]
}

/** Output of Helm without the path of the chart, and without the comments and order of Chart.yaml. */
function printed(output: string): string {
  return output
    .replaceAll(/==> Linting .*/g, '')
    .split('\n')
    .filter((line) => line !== '# comment')
    .toSorted()
    .join('\n')
}
