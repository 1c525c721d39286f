import { readFile, writeFile } from 'node:fs/promises'

const FILE = new URL('../docs/performance.md', import.meta.url)
/** Between these lines the page says what the last run printed. */
const BEGIN = '<!-- npm run bench -- --write: from here … -->'
const END = '<!-- … to here -->'

/** Puts the report into docs/performance.md, in the place of the one before. Throws when its place is not there. */
export async function writeReport(report: string): Promise<void> {
  const page = await readFile(FILE, 'utf8')
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`${FILE.pathname} must have the lines ${BEGIN} and ${END}.`)
  await writeFile(FILE, `${page.slice(0, begin + BEGIN.length)}\n\n${report}\n\n${page.slice(end)}`)
}
