import { ChartProblem } from './problem.ts'

/**
 * Path of an archive entry inside its chart: the entry's name without the first element, joined by `/`.
 * @throws ChartProblem `absolute-path`, `outside-base-directory`, `parent-directory`, `illegal-file-name`
 * Source: helm v4.2.4 `pkg/chart/loader/archive/archive.go` `LoadArchiveFiles`.
 */
export function pathInChart(name: string): string {
  // Archives made on Windows may use backslashes.
  const delimiter = name.includes('\\') ? '\\' : '/'
  const [first, ...rest] = name.split(delimiter)
  const inside = rest.join('/')
  const refuse = (code: 'absolute-path' | 'outside-base-directory' | 'parent-directory' | 'illegal-file-name') =>
    new ChartProblem(code, { path: name })
  if (inside.startsWith('/')) throw refuse('absolute-path')
  const path = clean(inside)
  if (path === '') throw refuse('outside-base-directory')
  // helm also refuses names that only begin with two dots.
  if (path.startsWith('..')) throw refuse('parent-directory')
  if (/^[a-zA-Z]:\//.test(path)) throw refuse('illegal-file-name')
  if (first === 'Chart.yaml') throw refuse('outside-base-directory')
  return path
}

/** Normalizes a relative path like Go's `path.Clean`, but returns '' instead of '.'. */
function clean(path: string): string {
  const kept: string[] = []
  for (const element of path.split('/')) {
    if (element === '' || element === '.') continue
    if (element === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else kept.push(element)
  }
  return kept.join('/')
}
