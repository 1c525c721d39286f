// Finds the words that CONTRIBUTING rules out of prose, in all tracked sources or in those below the given paths.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const regex = /(?<=[\s(,=:[!&|?])\/(?![*/>\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//
const string = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/
const comment = /\/\*[\s\S]*?\*\/|\/\/.*(?:\n\s*\/\/.*)*/
const token = new RegExp([regex, string, comment].map(({ source }) => source).join('|'), 'g')
const beforeTestName = /(?:(?<![.\w])(?:test|it|describe)(?:\.\w+)*\(|\)\()\s*$/
const beforeOutput = /\b(?:(?:log|console)\.\w+|fail)\((?:.*|\s*|\{[^}]*\},\s*)$/
const words = /\b(?:anew|nobody|somebody|is[\s*/]+told|stands[\s*/]+here)\b/i.source
const offence = new RegExp(String.raw`${words}|(?<=^\/\*\*[\s*]*)wh(?:at|o|ose|oever)\b|(?<=^['"\`])wh(?:at|o)\b`, 'gi')

/** Offences in the comments, test names and log lines of a source, each after its line number. */
export function wordProblems(code: string): string[] {
  return Array.from(code.matchAll(token)).flatMap(({ 0: text, index }) => {
    const before = code.slice(Math.max(0, index - 400), index)
    if (!/^\/[/*]/.test(text) && !beforeTestName.test(before) && !beforeOutput.test(before)) return []
    const lineOf = (at: number) => code.slice(0, index + at).split('\n').length
    return Array.from(text.matchAll(offence), (one) => `${lineOf(one.index)}: ${JSON.stringify(one[0])}`)
  })
}

if (import.meta.main) {
  const tracked = execFileSync('git', ['ls-files', ...process.argv.slice(2)], { encoding: 'utf8' }).split('\n')
  const files = tracked.filter((file) => /\.(?:tsx?|mjs)$/.test(file) && existsSync(file))
  const problems = files.flatMap((file) => wordProblems(readFileSync(file, 'utf8')).map((one) => `${file}:${one}`))
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
}
