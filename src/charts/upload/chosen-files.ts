import type { ChartMetadata } from '../../../chart/metadata.ts'
import type { ChartProblem } from '../../../chart/problem.ts'
import type { Provenance } from '../../../chart/provenance.ts'
import { type ChartFolder, pathOf } from './chart-folders.ts'

/**
 * Result of reading a chosen file; its bytes count first, its name second:
 *
 *     reading → chart | unopened | refused | too-large | provenance | provenance-refused | unrecognized | unreadable
 *
 * `unopened`: gzip that this browser cannot decompress, though the registry might. `unreadable`: the file could not be
 * read from disk, as it was moved or deleted or is a folder. `unrecognized`: neither a chart nor a provenance file.
 * `cutInIndex`: the index and lists will omit some of the chart's metadata.
 */
export type Reading =
  | { state: 'reading' }
  | { state: 'chart'; metadata: ChartMetadata; fileName: string; sha256: string; cutInIndex: boolean }
  | { state: 'unopened'; problem: ChartProblem; fileName: string; sha256: string }
  | { state: 'refused'; problem: ChartProblem }
  | { state: 'too-large'; limit: number }
  | { state: 'provenance'; provenance: Provenance; sha256: string }
  | { state: 'provenance-refused'; problem: ChartProblem }
  | { state: 'unrecognized' }
  | { state: 'unreadable' }

export interface ChosenFile {
  readonly id: string
  /** For a chart folder its package, or an empty file with the folder's name until the package exists. */
  readonly file: File
  /** The chart folder, if a folder was chosen. */
  readonly folder: ChartFolder | null
  readonly reading: Reading
}

/** Files chosen in the upload dialog and the user's decisions about them, before the upload starts. */
export interface Choice {
  readonly files: readonly ChosenFile[]
  /** Confirmed replacements, by {@link confirmationKey}: a new digest in the registry needs a new confirmation. */
  readonly confirmed: ReadonlySet<string>
  /** ID of the file to upload, where several have the same name and version; by the archive's file name. */
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

/** Key of the confirmation that this file may replace exactly these bytes. */
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

/** Whether the same file was added again. The path tells files with the same name in two folders apart. */
function isSameFile(one: File, other: File): boolean {
  return (
    one.name === other.name &&
    one.size === other.size &&
    one.lastModified === other.lastModified &&
    pathOf(one) === pathOf(other)
  )
}

/** Path of a chosen file or chart folder, relative to what was dropped. */
export function sourcePath({ file, folder }: Chosen): string {
  return folder?.path ?? pathOf(file)
}
