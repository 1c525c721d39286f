import type { FolderFile } from '../../../chart/pack-chart.ts'
import { pathOf } from './chosen-files.ts'

/** A folder with a Chart.yaml at its top, that was dropped or chosen whole. */
export interface ChartFolder {
  readonly name: string
  /** Where it lay in what was dropped. */
  readonly path: string
  readonly files: readonly File[]
}

/**
 * Tells chart folders from files that came by themselves. What lies inside a chart folder belongs to it, packages and
 * subcharts too. Files that operating systems add to folders are left out.
 */
export function findChartFolders(files: readonly File[]): { folders: ChartFolder[]; files: File[] } {
  const wanted = files.filter((file) => !isSystemFile(pathOf(file)))
  const tops = new Set(wanted.map(pathOf).filter(isChartYaml).map(folderOf))
  const topOf = (file: File) => foldersAbove(pathOf(file)).find((folder) => tops.has(folder))
  const inFolders = Map.groupBy(wanted, topOf)
  const folders = [...inFolders].flatMap(([path, inside]) =>
    path === undefined ? [] : { name: path.slice(path.lastIndexOf('/') + 1), path, files: inside },
  )
  return { folders, files: inFolders.get(undefined) ?? [] }
}

/** The files of a chart folder as they are packaged. */
export function filesToPack({ path, files }: ChartFolder): FolderFile[] {
  return files.map((file) => ({
    path: pathOf(file).slice(path.length + 1),
    size: file.size,
    read: async () => new Uint8Array(await file.arrayBuffer()),
  }))
}

/** macOS: Finder, archives and other file systems; Windows: Explorer. */
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
