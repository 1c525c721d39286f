import type { FolderFile } from '../../../chart/pack-chart.ts'

/** A dropped or chosen folder with a Chart.yaml at its top. */
export interface ChartFolder {
  readonly name: string
  /** Path within the dropped or chosen folder. */
  readonly path: string
  readonly files: readonly File[]
}

/**
 * Separates chart folders from other files. Everything inside a chart folder belongs to it, packages and subcharts
 * included. Files that operating systems add to folders are omitted.
 */
export function findChartFolders(files: readonly File[]): { folders: ChartFolder[]; files: File[] } {
  const userFiles = files.filter((file) => !isSystemFile(pathOf(file)))
  const roots = new Set(userFiles.map(pathOf).filter(isChartYaml).map(folderOf))
  const rootOf = (file: File) => foldersAbove(pathOf(file)).find((folder) => roots.has(folder))
  const byRoot = Map.groupBy(userFiles, rootOf)
  const folders = [...byRoot].flatMap(([path, inside]) =>
    path === undefined ? [] : { name: path.slice(path.lastIndexOf('/') + 1), path, files: inside },
  )
  return { folders, files: byRoot.get(undefined) ?? [] }
}

/** Returns the files of a chart folder with their paths in the package. */
export function filesToPack({ path, files }: ChartFolder): FolderFile[] {
  return files.map((file) => ({
    path: pathOf(file).slice(path.length + 1),
    size: file.size,
    read: async () => new Uint8Array(await file.arrayBuffer()),
  }))
}

/** Path of a file relative to the dropped or chosen folder; its name if it was added on its own. */
export function pathOf(file: File & { path?: string }): string {
  return (file.path ?? file.webkitRelativePath ?? '').replace(/^\.?\//, '') || file.name
}

/** Metadata files of macOS (Finder, zip archives, foreign file systems) and Windows Explorer. */
function isSystemFile(path: string): boolean {
  return path.split('/').some((name) => /^(\.ds_store|__macosx|\._.*|thumbs\.db|desktop\.ini)$/i.test(name))
}

function isChartYaml(path: string): boolean {
  return path.endsWith('/Chart.yaml')
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

/** Outermost first. */
function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(0, -1)
  return names.map((_, index) => names.slice(0, index + 1).join('/'))
}
