import { expect, test } from 'vitest'
import { type ChartFolder, filesToPack, findChartFolders } from './chart-folders.ts'
import { choiceReducer, noChoice } from './chosen-files.ts'
import { readChartFolder } from './read-chart-folder.ts'

const LIMIT = 1024 * 1024

test('finds chart folders at any depth and separates them from other files', () => {
  const { folders, files } = findChartFolders(
    [
      ...['/web/Chart.yaml', '/web/templates/a.yaml', '/web/charts/sub/Chart.yaml', '/web/charts/x-1.0.0.tgz'],
      ...['all/deep/redis/Chart.yaml', 'all/deep/redis/values.yaml', 'all/deep/notes.txt', 'all/x-1.0.0.tgz'],
      ...['./Chart.yaml', './values.yaml', '/other/chart.yaml'],
    ].map((path) => at(path)),
  )
  expect(folders.map(({ name, path }) => [name, path])).toEqual([
    ['web', 'web'],
    ['redis', 'all/deep/redis'],
  ])
  expect(folders.map((folder) => filesToPack(folder).map(({ path }) => path))).toEqual([
    ['Chart.yaml', 'templates/a.yaml', 'charts/sub/Chart.yaml', 'charts/x-1.0.0.tgz'],
    ['Chart.yaml', 'values.yaml'],
  ])
  expect(files.map(({ name }) => name)).toEqual([
    ...['notes.txt', 'x-1.0.0.tgz', 'Chart.yaml', 'values.yaml', 'chart.yaml'],
  ])
})

test('ignores files that operating systems create', () => {
  const { folders, files } = findChartFolders(
    [
      ...['.DS_Store', 'all/Thumbs.db', 'all/desktop.ini', '__MACOSX/all/._a.tgz', 'all/._a.tgz', 'all/a.tgz'],
      ...['web/.DS_Store', 'web/Chart.yaml', 'web/.helmignore', '__MACOSX/web/Chart.yaml'],
    ].map((path) => at(path)),
  )
  expect(files.map(({ name }) => name)).toEqual(['a.tgz'])
  expect(folders.map(({ files: inside }) => inside.map(({ name }) => name))).toEqual([['Chart.yaml', '.helmignore']])
})

test('packages a chart folder and reads the package', async () => {
  const folder = folderOf({ 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 0.1.0' })
  const { reading, file } = await readChartFolder(folder, new File([], 'web'), LIMIT)
  expect(file.name).toBe('web-0.1.0.tgz')
  expect(reading).toMatchObject({ state: 'chart', fileName: 'web-0.1.0.tgz', metadata: { name: 'web' } })
})

test.each([
  ['is not YAML', { 'Chart.yaml': 'name: [' }, 'chart-yaml-syntax'],
  ['has no version', { 'Chart.yaml': 'apiVersion: v2\nname: web' }, 'version-missing'],
  ['is ignored', { 'Chart.yaml': 'name: web\nversion: 1.0.0', '.helmignore': '*.yaml' }, 'chart-yaml-missing'],
])('refuses a folder whose Chart.yaml %s', async (_, files, code) => {
  const unpacked = new File([], 'web')
  const read = await readChartFolder(folderOf(files), unpacked, LIMIT)
  expect(read).toEqual({ reading: { state: 'refused', problem: expect.objectContaining({ code }) }, file: unpacked })
})

test('rejects a chart folder over the limit, and one whose files no longer exist', async () => {
  const chartYaml = 'apiVersion: v2\nname: web\nversion: 0.1.0'
  const unpacked = new File([], 'web')
  expect(await readChartFolder(folderOf({ 'Chart.yaml': chartYaml }), unpacked, 10)).toMatchObject({
    reading: { state: 'too-large', limit: 10 },
  })
  const gone = Object.assign(at('web/values.yaml'), { arrayBuffer: () => Promise.reject(new Error('It is gone.')) })
  const folder = folderOf({ 'Chart.yaml': chartYaml })
  const read = await readChartFolder({ ...folder, files: [...folder.files, gone] }, unpacked, LIMIT)
  expect(read).toEqual({ reading: { state: 'unreadable' }, file: unpacked })
})

test('adds a folder that is dropped again only if it has changed', () => {
  const added = (id: string, folder: ChartFolder) =>
    ({ type: 'added', files: [{ id, file: new File([], 'web'), folder }] }) as const
  const folder = folderOf({ 'Chart.yaml': 'name: web', 'values.yaml': 'a: 1' })
  const choice = choiceReducer(noChoice, added('first', folder))
  expect(choiceReducer(choice, added('again', { ...folder, files: folder.files.toReversed() }))).toBe(choice)
  const changed = folderOf({ 'Chart.yaml': 'name: web', 'values.yaml': 'a: 22' })
  expect(choiceReducer(choice, added('changed', changed)).files).toHaveLength(2)
})

function folderOf(files: Readonly<Record<string, string>>): ChartFolder {
  return { name: 'web', path: 'web', files: Object.entries(files).map(([path, text]) => at(`web/${path}`, text)) }
}

/** Returns a file as the browser provides it for a dropped folder. */
function at(path: string, text = ''): File {
  return Object.assign(new File([text], path.split('/').at(-1) ?? '', { lastModified: 0 }), { path })
}
