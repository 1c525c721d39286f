import { ChartProblem } from './problem.ts'

/** The file name under which a version travels at every door: `NAME-VERSION.tgz`. Helm writes and looks for this one. */
export function archiveFileName(name: string, version: string): string {
  return `${name}-${version}.tgz`
}

/**
 * Refuses what could leave its folder or name no file on somebody's machine. helm stops at `/`, `.` and `..`.
 * @throws ChartProblem `file-name-unsafe`, `file-name-too-long`
 */
export function checkFileName(name: string, version: string): void {
  // Of the longer of the two files that there may be. helm could save neither.
  const { length } = new TextEncoder().encode(`${archiveFileName(name, version)}.prov`)
  if (length > longestFileName) {
    throw new ChartProblem('file-name-too-long', { name, version, limit: String(longestFileName) })
  }
  if (unsafeInFileName.test(name + version)) throw new ChartProblem('file-name-unsafe', { name, version })
}

/** Bytes that file systems take. */
const longestFileName = 255

// Slashes, and control characters, which would also break the header that names a download.
const unsafeInFileName = /[/\\\p{Cc}]/u
