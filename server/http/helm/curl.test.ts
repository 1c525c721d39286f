import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { openListeningApp } from '../testing/listening-app.ts'
import { ADMINISTRATOR } from '../testing/open-test-app.ts'

const run = promisify(execFile)
const GUIDE = await readFile(new URL('../../../docs/clients.md', import.meta.url), 'utf8')

test('curl commands of docs/clients.md print what the guide shows', async () => {
  await using server = await openListeningApp()
  await server.namespace('team')
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-curl-'))
  const chart = await makeChart({ name: 'app', version: '1.2.3+build.7' })
  const file = join(folder, chart.fileName)
  await writeFile(file, chart.bytes)
  await writeFile(`${file}.prov`, makeProvenance(chart))
  try {
    for (const { command, output } of commandsOf('curl (*run*)')) {
      const downloads = command.includes(' -O ')
      if (downloads) await rm(file)
      const here = command
        .replaceAll('http://localhost:8080', server.origin)
        .replace('--user admin', `--user '${ADMINISTRATOR.account}:${ADMINISTRATOR.password}'`)
      const { stdout } = await run('sh', ['-c', here], { cwd: folder })
      const [begins = '', ends = ''] = output.split('…')
      expect([command, stdout.slice(0, begins.length), stdout.endsWith(ends)]).toEqual([command, begins, true])
      if (downloads) expect(await readFile(file)).toEqual(Buffer.from(chart.bytes))
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** Commands below a heading, each with its output. */
function commandsOf(heading: string): { command: string; output: string }[] {
  const [, block] = /```console\n(.*?)```/s.exec(GUIDE.slice(GUIDE.indexOf(`\n## ${heading}\n`))) ?? []
  const commands = (block ?? '').replaceAll('\\\n', '').split(/^\$ /m).slice(1)
  if (commands.length === 0) throw new Error(`No command below “${heading}”.`)
  return commands.map((text) => {
    const end = text.indexOf('\n')
    return { command: text.slice(0, end), output: text.slice(end + 1).trimEnd() }
  })
}
