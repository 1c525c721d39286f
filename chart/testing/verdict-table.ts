import type { ChartProblemCode } from '../problem.ts'
import { gzipVerdicts, tarVerdicts } from './container-verdicts.ts'
import { type ArchiveEntry, makeArchive } from './make-archive.ts'
import {
  chart,
  chartYaml,
  file,
  mebibyte,
  refused,
  refusedSubchart,
  refusedWith,
  taken,
  takenWith,
  type VerdictCase,
} from './verdict-case.ts'

const paths: VerdictCase[] = [
  refused('chart-yaml-missing', 'no Chart.yaml', file('c/values.yaml', 'a: 1')),
  refused('chart-yaml-missing', 'Chart.yaml in a deeper folder', file('c/d/Chart.yaml', chartYaml)),
  refused('chart-yaml-missing', './c/Chart.yaml', file('./c/Chart.yaml', chartYaml)),
  refused('outside-base-directory', 'Chart.yaml without a folder', file('Chart.yaml', chartYaml)),
  refusedWith('outside-base-directory', 'a file without a folder', file('README.md', 'Hello')),
  refusedWith('outside-base-directory', 'Chart.yaml as a folder', file('Chart.yaml/x', 'x')),
  taken('a folder of another name', file('other/Chart.yaml', chartYaml)),
  takenWith('two folders', file('other/README.md', 'Hello')),
  taken('../Chart.yaml', file('../Chart.yaml', chartYaml)),
  refusedWith('parent-directory', 'c/../../x', file('c/../../x')),
  refusedWith('parent-directory', 'c/templates/../../x', file('c/templates/../../x')),
  refusedWith('parent-directory', 'c\\..\\..\\x', file('c\\..\\..\\x')),
  refusedWith('parent-directory', 'c/..data', file('c/..data')),
  takenWith('c/templates/../x', file('c/templates/../x')),
  refusedWith('absolute-path', 'c//etc/passwd', file('c//etc/passwd')),
  takenWith('/c/x', file('/c/x')),
  refusedWith('illegal-file-name', 'c/c:/x', file('c/c:/x')),
  refusedWith('illegal-file-name', 'c\\c:\\x', file('c\\c:\\x')),
  taken('backslashes', file('c\\Chart.yaml', chartYaml), file('c\\templates\\x.yaml')),
  takenWith('a symlink', file('c/link', '', { type: '2', linkName: '/etc/passwd' })),
  takenWith('a hard link', file('c/link', '', { type: '1', linkName: 'c/Chart.yaml' })),
  takenWith('a device', file('c/device', '', { type: '3' })),
  refused('name-missing', 'Chart.yaml as a symlink', file('c/Chart.yaml', '', { type: '2', linkName: 'x' })),
]

const metadata: VerdictCase[] = [
  ...['abc', '1.2.3.4', '1.2.3+a_b', '1.2.3-', '1.2.3-01', '1.2.3/../../x'].map((version) =>
    refused('version-invalid', `version ${version}`, file('c/Chart.yaml', `name: c\nversion: ${version}\n`)),
  ),
  ...['1.2', '1', 'v1.2.3', '1.02.3', '1e3', '0x10'].map((version) =>
    taken(`version ${version}`, file('c/Chart.yaml', `name: c\nversion: ${version}\n`)),
  ),
  ...['a/b', 'a/', '.', '..'].map((name) =>
    refused('name-invalid', `name ${name}`, file('c/Chart.yaml', `name: ${name}\nversion: 1.0.0\n`)),
  ),
  ...['UPPER', 'a_b', 'a b', '数据库', 'a'.repeat(300), '123', 'yes', '"a\\0b"'].map((name) =>
    taken(`name ${name.slice(0, 20)}`, file('c/Chart.yaml', `name: ${name}\nversion: 1.0.0\n`)),
  ),
  taken('no apiVersion', file('c/Chart.yaml', 'name: c\nversion: 1.0.0\n')),
  taken('apiVersion v3', file('c/Chart.yaml', `${chartYaml}apiVersion: v3\n`)),
  taken('duplicate keys', file('c/Chart.yaml', `name: ..\n${chartYaml}`)),
  taken('keys in capitals', file('c/Chart.yaml', 'NAME: c\nVersion: 1.0.0\n')),
  taken('unknown keys', file('c/Chart.yaml', `${chartYaml}unknown: [1]\n`)),
  taken('a byte order mark', file('c/Chart.yaml', `\ufeff${chartYaml}`)),
  taken('UTF-16', file('c/Chart.yaml', utf16(chartYaml))),
  taken('two Chart.yaml, the last one valid', file('c/Chart.yaml', 'name: ..\nversion: x'), chart),
  refusedWith('version-invalid', 'two Chart.yaml, the last one invalid', file('d/Chart.yaml', 'version: x\n')),
  refused('chart-yaml-syntax', 'a Chart.yaml that is not YAML', file('c/Chart.yaml', `${chartYaml}a: [`)),
  refused('chart-yaml-syntax', 'a Chart.yaml that is not UTF-8', file('c/Chart.yaml', new Uint8Array([0x61, 0xff]))),
  refused('chart-yaml-field', 'a list in a text field', file('c/Chart.yaml', `${chartYaml}home: [a]\n`)),
  refused('chart-yaml-field', 'a list in a map field', file('c/Chart.yaml', `${chartYaml}annotations: [a]\n`)),
  refused('chart-yaml-field', 'a Chart.yaml that is only a text', file('c/Chart.yaml', 'hello')),
  refused('name-missing', 'an empty Chart.yaml', file('c/Chart.yaml')),
  refused('name-missing', 'no name', file('c/Chart.yaml', 'version: 1.0.0\n')),
  refused('version-missing', 'no version', file('c/Chart.yaml', 'name: c\n')),
  refused('type-invalid', 'type plugin', file('c/Chart.yaml', `${chartYaml}type: plugin\n`)),
  taken('type library', file('c/Chart.yaml', `${chartYaml}type: library\n`)),
  refused('maintainer-empty', 'a null maintainer', file('c/Chart.yaml', `${chartYaml}maintainers: [null]\n`)),
  refused('dependency-empty', 'a null dependency', file('c/Chart.yaml', `${chartYaml}dependencies: [~]\n`)),
  refused(
    'dependency-alias-invalid',
    'an alias with a space',
    file('c/Chart.yaml', `${chartYaml}dependencies: [{name: a, alias: b c}]\n`),
  ),
  refused(
    'dependency-duplicate',
    'a duplicate dependency',
    file('c/Chart.yaml', `${chartYaml}dependencies: [{name: a}, {name: b, alias: a}]\n`),
  ),
  taken(
    'the same dependency under an alias',
    file('c/Chart.yaml', `${chartYaml}dependencies: [{name: a}, {name: a, alias: b}]\n`),
  ),
]

function utf16(text: string): Uint8Array {
  const units = Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0))
  return new Uint8Array(units.buffer)
}

const otherFiles: VerdictCase[] = [
  takenWith('empty values.yaml', file('c/values.yaml')),
  takenWith('a values.yaml of two documents', file('c/values.yaml', 'a: 1\n---\nb: 2\n')),
  takenWith('a values.yaml with a bracket at the margin', file('c/values.yaml', 'limits: {\n}\nlist: [\na,\nb\n]\n')),
  takenWith('a values.yaml with a quoted text at the margin', file('c/values.yaml', 'a: "b\nc"\n')),
  refusedWith('values-syntax', 'a values.yaml of a map and a list', file('c/values.yaml', 'a: 1\n---\n- b\n')),
  refusedWith('values-syntax', 'a values.yaml that is a list', file('c/values.yaml', '- a\n')),
  refusedWith('values-syntax', 'a values.yaml that is not YAML', file('c/values.yaml', 'a: [')),
  refusedWith('values-syntax', 'infinity in values.yaml', file('c/values.yaml', 'a: .inf')),
  refusedWith('values-syntax', 'null as a key in values.yaml', file('c/values.yaml', '~: a')),
  refusedWith('values-syntax', 'text after --- in values.yaml', file('c/values.yaml', 'a: 1\n--- b: 2\n')),
  refusedWith('values-syntax', 'an alias bomb in values.yaml', file('c/values.yaml', aliasBomb())),
  takenWith('a values.schema.json that is not JSON', file('c/values.schema.json', '{')),
  takenWith('an invalid template', file('c/templates/x.yaml', '{{')),
  takenWith('Chart.lock', file('c/Chart.lock', 'generated: "2024-02-29T10:00:00.5+02:00"\ndependencies: []\n')),
  refusedWith('lock-syntax', 'a Chart.lock that is not YAML', file('c/Chart.lock', 'a: [')),
  refusedWith(
    'lock-syntax',
    'a Chart.lock with an impossible date',
    file('c/Chart.lock', 'generated: "2023-02-29T10:00:00Z"'),
  ),
  refusedWith('lock-syntax', 'a requirements.lock that is not YAML', file('c/requirements.lock', 'a: [')),
  takenWith('requirements.yaml', file('c/requirements.yaml', 'dependencies: [{name: a}]')),
  refusedWith('chart-yaml-syntax', 'a requirements.yaml that is not YAML', file('c/requirements.yaml', 'a: [')),
  refusedWith('dependency-empty', 'a null in requirements.yaml', file('c/requirements.yaml', 'dependencies: [null]')),
  refused(
    'version-invalid',
    'requirements.yaml before Chart.yaml, with its own version',
    file('c/requirements.yaml', 'version: x'),
    chart,
  ),
]

function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}]`)
  return `a0: &a0 [x]\n${levels.join('\n')}\n`
}

const subchartYaml = 'name: sub\nversion: 0.1.0\n'

function packaged(title: string, problem: ChartProblemCode | null, ...entries: ArchiveEntry[]): VerdictCase {
  const archive = async () => makeArchive([chart, file('c/charts/sub-0.1.0.tgz', await makeArchive(entries))])
  return problem === null ? { title, archive, problem } : { title, archive, problem: 'subchart-broken', cause: problem }
}

const subcharts: VerdictCase[] = [
  takenWith('a subchart in a folder', file('c/charts/sub/Chart.yaml', subchartYaml), file('c/charts/sub/x')),
  packaged('a packaged subchart', null, file('sub/Chart.yaml', subchartYaml)),
  packaged('a packaged subchart without a name', 'name-missing', file('sub/Chart.yaml')),
  packaged('an empty packaged subchart', 'empty-archive'),
  packaged(
    'a broken subchart of a packaged subchart',
    'chart-yaml-missing',
    file('sub/Chart.yaml', subchartYaml),
    file('sub/charts/deeper/values.yaml', 'a: 1'),
  ),
  refusedSubchart('not-gzip', 'a text as a packaged subchart', file('c/charts/sub.tgz', 'hello')),
  refusedSubchart('not-gzip', 'a link as a packaged subchart', file('c/charts/sub.tgz', '', { type: '2' })),
  refusedSubchart('not-gzip', 'a folder as a packaged subchart', file('c/charts/sub.tgz/Chart.yaml', subchartYaml)),
  refusedSubchart('chart-yaml-missing', 'a folder without Chart.yaml', file('c/charts/sub/x')),
  refusedSubchart('chart-yaml-missing', 'a file among the subcharts', file('c/charts/README.md', 'Hello')),
  refusedSubchart('version-missing', 'a subchart without a version', file('c/charts/sub/Chart.yaml', 'name: sub\n')),
  refusedSubchart(
    'values-syntax',
    'a subchart with invalid values',
    file('c/charts/sub/Chart.yaml', subchartYaml),
    file('c/charts/sub/values.yaml', '- a'),
  ),
  takenWith('names with _ and . among the subcharts', file('c/charts/_x', '?'), file('c/charts/.x/Chart.yaml', '?')),
  takenWith('a signature among the subcharts', file('c/charts/sub.tgz.prov', '?')),
]

const limits: VerdictCase[] = [
  takenWith('a file of 5 MiB', file('c/x', new Uint8Array(5 * mebibyte))),
  refusedWith('file-too-large', 'a file of 5 MiB and a byte', file('c/x', new Uint8Array(5 * mebibyte + 1))),
  refusedWith('archive-too-large', 'a file that claims 8 GiB', file('c/x', '', { size: 8 * 1024 ** 3 - 1 })),
  refusedWith(
    'archive-too-large',
    '100 MiB in all',
    ...Array.from({ length: 20 }, (_, index) => file(`c/x${index}`, new Uint8Array(5 * mebibyte))),
  ),
]

/** One case for each property that was observed to make a difference to helm 4.2. */
export const verdictTable: readonly VerdictCase[] = [
  ...gzipVerdicts,
  ...tarVerdicts,
  ...paths,
  ...metadata,
  ...otherFiles,
  ...subcharts,
  ...limits,
]
