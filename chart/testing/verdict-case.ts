import type { ChartProblemCode } from '../problem.ts'
import { type ArchiveEntry, makeArchive } from './make-archive.ts'

/** An archive and the verdict of the newest helm on it. */
export interface VerdictCase {
  title: string
  archive: () => Promise<Uint8Array>
  /** Reason for the refusal; null when helm accepts the archive. */
  problem: ChartProblemCode | null
  /** The subchart's problem, if `problem` is `subchart-broken`. */
  cause?: ChartProblemCode
  /** Set when the platform's DecompressionStream cannot read the archive. */
  beyondBrowsers?: true
}

/** A minimal Chart.yaml. */
export const chartYaml = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'
export const mebibyte = 1024 * 1024

/** Makes an entry of a tar. */
export function file(name: string, body: string | Uint8Array = '', more: Partial<ArchiveEntry> = {}): ArchiveEntry {
  return { name, body, ...more }
}

/** Case of entries that helm accepts as a chart. */
export function taken(title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return { title, archive: () => makeArchive(entries), problem: null }
}

/** Case of entries that helm refuses. */
export function refused(problem: ChartProblemCode, title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return { title, archive: () => makeArchive(entries), problem }
}

/** The one file that a chart needs, in the folder `c`. */
export const chart = file('c/Chart.yaml', chartYaml)

/** Like `taken`, with the entries added to a minimal chart. */
export function takenWith(title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return taken(title, chart, ...entries)
}

/** Like `refused`, with the entries added to a minimal chart. */
export function refusedWith(problem: ChartProblemCode, title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return refused(problem, title, chart, ...entries)
}

/** Like `refusedWith`, for a problem inside a subchart. */
export function refusedSubchart(cause: ChartProblemCode, title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return { ...refusedWith('subchart-broken', title, ...entries), cause }
}
