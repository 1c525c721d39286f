import type { ChartProblemCode } from '../problem.ts'
import { type ArchiveEntry, makeArchive } from './make-archive.ts'

/** An archive and what the newest helm says to it. */
export interface VerdictCase {
  title: string
  archive: () => Promise<Uint8Array>
  /** Why it is refused; null when it is taken. */
  problem: ChartProblemCode | null
  /** Why the subchart is, where the problem is `subchart-broken`. */
  cause?: ChartProblemCode
  /** What a reader that decompresses with the platform's stream alone cannot take. */
  beyondBrowsers?: true
}

/** The least that a Chart.yaml says. */
export const chartYaml = 'apiVersion: v2\nname: c\nversion: 1.0.0\n'
export const mebibyte = 1024 * 1024

/** An entry of a tar. */
export function file(name: string, body: string | Uint8Array = '', more: Partial<ArchiveEntry> = {}): ArchiveEntry {
  return { name, body, ...more }
}

/** Entries that make a chart helm takes. */
export function taken(title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return { title, archive: () => makeArchive(entries), problem: null }
}

/** Entries that helm refuses. */
export function refused(problem: ChartProblemCode, title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return { title, archive: () => makeArchive(entries), problem }
}

/** What a chart needs at the least, in the folder `c`. */
export const chart = file('c/Chart.yaml', chartYaml)

/** As `taken`, with the least beside them. */
export function takenWith(title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return taken(title, chart, ...entries)
}

/** As `refused`, with the least beside them. */
export function refusedWith(problem: ChartProblemCode, title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return refused(problem, title, chart, ...entries)
}

/** As `refusedWith`, for a reason inside a subchart. */
export function refusedSubchart(cause: ChartProblemCode, title: string, ...entries: ArchiveEntry[]): VerdictCase {
  return { ...refusedWith('subchart-broken', title, ...entries), cause }
}
