import type { ChartMetadata } from '../../../chart/metadata.ts'
import type { ChartProblem } from '../../../chart/problem.ts'
import type { Provenance } from '../../../chart/provenance.ts'
import type { ChartFolder } from './chart-folders.ts'

/**
 * What a chosen file turned out to be, by its bytes first and its name second:
 *
 *     reading → chart | sealed | refused | too-large | provenance | provenance-refused | stranger | unreadable
 *
 * `sealed` is a gzip that this browser cannot open but the registry might. `unreadable` is a file that the disk did
 * not give: moved, deleted, or a folder. `cutInIndex`: the index and lists leave out some of what the chart says.
 */
export type Reading =
  | { state: 'reading' }
  | { state: 'chart'; metadata: ChartMetadata; fileName: string; sha256: string; cutInIndex: boolean }
  | { state: 'sealed'; problem: ChartProblem; fileName: string; sha256: string }
  | { state: 'refused'; problem: ChartProblem }
  | { state: 'too-large'; limit: number }
  | { state: 'provenance'; provenance: Provenance; sha256: string }
  | { state: 'provenance-refused'; problem: ChartProblem }
  | { state: 'stranger' }
  | { state: 'unreadable' }

export interface ChosenFile {
  readonly id: string
  /** Of a chart folder its package, or an empty file of its name as long as there is none. */
  readonly file: File
  /** The unpacked chart that was chosen, if it is one. */
  readonly folder: ChartFolder | null
  readonly reading: Reading
}

/** The files of the upload dialog and what was decided about them, before anything is sent. */
export interface Choice {
  readonly files: readonly ChosenFile[]
  /** Replacements that were agreed to, by {@link confirmationKey}: a new digest at the registry asks again. */
  readonly confirmed: ReadonlySet<string>
  /** Of several files with the same name and version: which one is sent. By the archive's file name, to the file's id. */
  readonly preferred: ReadonlyMap<string, string>
}

export type ChoiceAction =
  | { type: 'added'; files: readonly Omit<ChosenFile, 'reading'>[] }
  | { type: 'read'; id: string; reading: Reading; file: File }
  | { type: 'removed'; ids: readonly string[] }
  | { type: 'confirmed'; keys: readonly string[]; confirmed: boolean }
  | { type: 'preferred'; fileName: string; id: string }
  | { type: 'cleared' }

export const noChoice: Choice = { files: [], confirmed: new Set(), preferred: new Map() }

/** What an agreement to replace is filed under: this file, in place of exactly these bytes. */
export function confirmationKey(id: string, digest: string): string {
  return `${id} ${digest}`
}

export function choiceReducer(choice: Choice, action: ChoiceAction): Choice {
  switch (action.type) {
    case 'added': {
      const fresh = action.files.filter((one) => !choice.files.some((known) => isSameChoice(known, one)))
      if (fresh.length === 0) return choice
      return {
        ...choice,
        files: [...choice.files, ...fresh.map((one) => ({ ...one, reading: { state: 'reading' } as const }))],
      }
    }
    case 'read':
      return {
        ...choice,
        files: choice.files.map((one) =>
          one.id === action.id ? { ...one, reading: action.reading, file: action.file } : one,
        ),
      }
    case 'removed':
      return { ...choice, files: choice.files.filter((one) => !action.ids.includes(one.id)) }
    case 'confirmed': {
      const confirmed = new Set(choice.confirmed)
      for (const key of action.keys) {
        if (action.confirmed) confirmed.add(key)
        else confirmed.delete(key)
      }
      return { ...choice, confirmed }
    }
    case 'preferred':
      return { ...choice, preferred: new Map(choice.preferred).set(action.fileName, action.id) }
    case 'cleared':
      return noChoice
  }
}

type Chosen = Pick<ChosenFile, 'file' | 'folder'>

function isSameChoice(one: Chosen, other: Chosen): boolean {
  if (one.folder === null || other.folder === null)
    return one.folder === other.folder && isSameFile(one.file, other.file)
  const [files, others] = [one.folder.files, other.folder.files]
  return files.length === others.length && files.every((file) => others.some((another) => isSameFile(file, another)))
}

/** Whether the same file was dropped once more. The path tells files of the same name in two folders apart. */
function isSameFile(one: File, other: File): boolean {
  return (
    one.name === other.name &&
    one.size === other.size &&
    one.lastModified === other.lastModified &&
    pathOf(one) === pathOf(other)
  )
}

/** Where a chosen file or chart folder lay in what was dropped. */
export function placeOf({ file, folder }: Chosen): string {
  return folder?.path ?? pathOf(file)
}

/** Where a file lay in the folder that was dropped or chosen; its name when it came alone. */
export function pathOf(file: File & { path?: string }): string {
  return (file.path ?? file.webkitRelativePath ?? '').replace(/^\.?\//, '') || file.name
}
