import { ChartProblem } from './problem.ts'

/** File name of a version in every API: `NAME-VERSION.tgz`, which helm writes and expects. */
export function archiveFileName(name: string, version: string): string {
  return `${name}-${version}.tgz`
}

/**
 * Refuses names that could leave their folder or are no valid file names on a user's machine. helm refuses only `/`,
 * `.` and `..`.
 * @throws ChartProblem `file-name-unsafe`
 */
export function checkFileName(name: string, version: string): void {
  if (unsafeInFileName.test(name + version)) throw new ChartProblem('file-name-unsafe', { name, version })
}

// Slashes and control characters; the latter would also break the Content-Disposition header of a download.
const unsafeInFileName = /[/\\\p{Cc}]/u
