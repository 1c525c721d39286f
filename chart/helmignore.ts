import { ChartProblem } from './problem.ts'

/** Whether `helm package` leaves out the file at this path of a chart folder. */
export type IsIgnored = (path: string) => boolean

interface Rule {
  readonly negated: boolean
  readonly onlyFolders: boolean
  readonly matches: (path: string) => boolean
}

/**
 * Parses a .helmignore; `''` if the chart has none. A file is ignored when a rule covers it or a folder that contains it.
 * As in helm, a negated rule ignores everything that it does not match.
 * @throws ChartProblem `helmignore-invalid`
 * Source: helm `pkg/ignore/rules.go`, and `LoadDir` of its chart loader.
 */
export function readHelmignore(text: string): IsIgnored {
  const lines = text.replace(/^\ufeff/, '').split('\n')
  const rules = [...lines, 'templates/.?*'].flatMap((line) => readRule(line.trim()) ?? [])
  const isFolderIgnored = memoize((folder) => rules.some((rule) => covers(rule, folder, true)))
  return (path) => foldersAbove(path).some(isFolderIgnored) || rules.some((rule) => covers(rule, path, false))
}

function covers({ negated, onlyFolders, matches }: Rule, path: string, isFolder: boolean): boolean {
  if (negated) return (onlyFolders && !isFolder) || !matches(path)
  return (isFolder || !onlyFolders) && matches(path)
}

function readRule(line: string): Rule | null {
  if (line === '' || line.startsWith('#')) return null
  if (line.includes('**')) throw new ChartProblem('helmignore-invalid', { rule: line })
  const negated = line.startsWith('!')
  const onlyFolders = line.endsWith('/')
  const pattern = line.slice(negated ? 1 : 0, onlyFolders ? -1 : undefined)
  const expression = readPattern(pattern.replace(/^\//, ''), line)
  const isName = !pattern.includes('/')
  return {
    negated,
    onlyFolders,
    matches: (path) => expression.test(isName ? path.slice(path.lastIndexOf('/') + 1) : path),
  }
}

function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(0, -1)
  return names.map((_, index) => names.slice(0, index + 1).join('/'))
}

/** Source: Go `path/filepath` `Match`. */
function readPattern(pattern: string, rule: string): RegExp {
  const characters = [...pattern]
  const refuse = () => new ChartProblem('helmignore-invalid', { rule })
  let expression = ''
  for (let next = characters.shift(); next !== undefined; next = characters.shift()) {
    if (next === '*') expression += '[^/]*'
    else if (next === '?') expression += '[^/]'
    else if (next === '[') expression += readClass()
    else expression += escaped(next === '\\' ? characters.shift() : next)
  }
  return new RegExp(`^${expression}$`, 'u')

  function readClass(): string {
    let content = ''
    const negated = characters[0] === '^' && characters.shift() !== undefined
    for (let first = true; first || characters[0] !== ']'; first = false) {
      const low = readBound()
      const high = characters[0] === '-' && characters.shift() ? readBound() : low
      // A range from high to low matches nothing in Go, but is an error in JavaScript.
      if (codeOf(low) <= codeOf(high)) content += `${escaped(low)}-${escaped(high)}`
    }
    characters.shift()
    return `[${negated ? '^' : ''}${content}]`
  }

  function readBound(): string {
    const next = characters.shift()
    if (next === undefined || next === '-' || next === ']') throw refuse()
    const bound = next === '\\' ? characters.shift() : next
    if (bound === undefined) throw refuse()
    return bound
  }

  function escaped(character: string | undefined): string {
    if (character === undefined) throw refuse()
    return `\\u{${codeOf(character).toString(16)}}`
  }
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}

function memoize(ask: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>()
  return (text) => {
    const answer = known.get(text) ?? ask(text)
    known.set(text, answer)
    return answer
  }
}
