import { ChartProblem } from './problem.ts'

/**
 * Where an entry stands inside the chart: its name without the first element, `/` between the others.
 * @throws ChartProblem `absolute-path`, `outside-base-directory`, `parent-directory`, `illegal-file-name`
 * Source: helm v4.2.4 `pkg/chart/loader/archive/archive.go` `LoadArchiveFiles`.
 */
export function pathInChart(name: string): string {
  // Made on Windows, perhaps.
  const delimiter = name.includes('\\') ? '\\' : '/'
  const [first, ...rest] = name.split(delimiter)
  const inside = rest.join('/')
  const refuse = (code: 'absolute-path' | 'outside-base-directory' | 'parent-directory' | 'illegal-file-name') =>
    new ChartProblem(code, { path: name })
  if (inside.startsWith('/')) throw refuse('absolute-path')
  const path = clean(inside)
  if (path === '') throw refuse('outside-base-directory')
  // Names that merely begin with two dots too.
  if (path.startsWith('..')) throw refuse('parent-directory')
  if (/^[a-zA-Z]:\//.test(path)) throw refuse('illegal-file-name')
  if (first === 'Chart.yaml') throw refuse('outside-base-directory')
  return path
}

/** A relative path without empty elements, `.`, and `..` after something; Go's `path.Clean`, but '' for '.'. */
function clean(path: string): string {
  const kept: string[] = []
  for (const element of path.split('/')) {
    if (element === '' || element === '.') continue
    if (element === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else kept.push(element)
  }
  return kept.join('/')
}
