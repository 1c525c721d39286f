import { readFile, writeFile } from 'node:fs/promises'

const FILE = new URL('../docs/performance.md', import.meta.url)
/** Lines in the page that enclose the report. */
const BEGIN = '<!-- npm run bench -- --write: from here … -->'
const END = '<!-- … to here -->'

/** Replaces the report in docs/performance.md. Throws if the page lacks the lines that enclose it. */
export async function writeReport(report: string): Promise<void> {
  const page = await readFile(FILE, 'utf8')
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`${FILE.pathname} must have the lines ${BEGIN} and ${END}.`)
  await writeFile(FILE, `${page.slice(0, begin + BEGIN.length)}\n\n${report}\n\n${page.slice(end)}`)
}
