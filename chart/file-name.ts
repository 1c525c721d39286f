import { ChartProblem } from './problem.ts'

/** The file name under which a version travels at every door: `NAME-VERSION.tgz`. Helm writes and looks for this one. */
export function archiveFileName(name: string, version: string): string {
  return `${name}-${version}.tgz`
}

/**
 * Refuses what could leave its folder or name no file on somebody's machine. helm stops at `/`, `.` and `..`.
 * @throws ChartProblem `file-name-unsafe`
 */
export function checkFileName(name: string, version: string): void {
  if (unsafeInFileName.test(name + version)) throw new ChartProblem('file-name-unsafe', { name, version })
}

// Slashes, and control characters, which would also break the header that names a download.
const unsafeInFileName = /[/\\\p{Cc}]/u
