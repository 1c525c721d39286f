import { describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { arrangeFiles } from './arrange-files.ts'
import { type Choice, choiceReducer, noChoice } from './chosen-files.ts'
import { readChosenFile } from './read-chosen-file.ts'

const LIMIT = 20 * 1024 * 1024

describe('pairing charts and provenance files', () => {
  test('matches by file name', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.2.3' })
    const { charts, rejected } = arrangeFiles(await chosen(archive(chart), provenance(chart)))
    expect(charts).toHaveLength(1)
    expect(charts[0]?.provenance).toMatchObject({ problem: null })
    expect(rejected).toEqual([])
  })

  test('matches by the content of the provenance file if the file names differ', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.2.3' })
    const { charts } = arrangeFiles(
      await chosen(archive(chart, 'download (1).tgz'), provenance(chart, 'signature.prov')),
    )
    expect(charts[0]?.provenance).toMatchObject({ problem: null })
  })

  test('does not depend on the order of the files', async () => {
    const [one, two] = [
      await makeChart({ name: 'a', version: '1.0.0' }),
      await makeChart({ name: 'b', version: '1.0.0' }),
    ]
    const { charts } = arrangeFiles(await chosen(provenance(two), archive(one), provenance(one), archive(two)))
    expect(charts.map((chart) => [chart.file.name, chart.provenance?.file.name])).toEqual([
      ['a-1.0.0.tgz', 'a-1.0.0.tgz.prov'],
      ['b-1.0.0.tgz', 'b-1.0.0.tgz.prov'],
    ])
  })

  test('reports a provenance file that is named after a chart with another digest', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.2.3' })
    const other = await makeChart({ name: 'nginx', version: '1.2.3', metadata: { description: 'other bytes' } })
    const { charts } = arrangeFiles(await chosen(archive(chart), provenance(other)))
    expect(charts[0]?.provenance?.problem).toMatchObject({ code: 'provenance-other-digest' })
  })

  test('reports a .prov file that is not signed', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.2.3' })
    const { charts } = arrangeFiles(await chosen(archive(chart), new File(['hello'], 'nginx-1.2.3.tgz.prov')))
    expect(charts[0]?.provenance?.problem).toMatchObject({ code: 'provenance-not-signed' })
  })

  test('rejects unpaired and surplus provenance files, and files of other kinds, each with a reason', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.2.3' })
    const missing = await makeChart({ name: 'redis', version: '1.0.0' })
    const choice = await chosen(
      archive(chart),
      provenance(chart),
      provenance(chart, 'again.prov'),
      provenance(missing),
      new File(['# Charts'], 'README.md'),
      new File(['name: web'], 'Chart.yaml'),
    )
    expect(arrangeFiles(choice).rejected.map(({ file, reason }) => [file.name, reason])).toEqual([
      ['again.prov', 'second-provenance'],
      ['redis-1.0.0.tgz.prov', 'chart-missing'],
      ['README.md', 'unrecognized'],
      ['Chart.yaml', 'chart-yaml'],
    ])
  })

  test('recognizes a chart by its bytes, not by its name', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.2.3' })
    const { charts } = arrangeFiles(await chosen(archive(chart, 'nginx.tar.gz'), new File(['text'], 'text.tgz')))
    expect(charts.map(({ reading }) => reading.state)).toEqual(['chart', 'refused'])
  })

  test('does not open an archive over the limit', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.2.3' })
    expect(await readChosenFile(archive(chart), 100)).toEqual({ state: 'too-large', limit: 100 })
  })
})

describe('charts with the same name and version', () => {
  test('with identical bytes, only the first is uploaded', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.2.3' })
    const { charts } = arrangeFiles(await chosen(archive(chart), archive(chart, 'copy.tgz')))
    expect(charts.map(({ duplicateStatus }) => duplicateStatus)).toEqual(['unique', 'duplicate'])
  })

  test('with different bytes, one has to be chosen', async () => {
    const one = await makeChart({ name: 'nginx', version: '1.2.3' })
    const other = await makeChart({ name: 'nginx', version: '1.2.3', metadata: { description: 'other bytes' } })
    const choice = await chosen(archive(one), archive(other, 'other.tgz'))
    expect(arrangeFiles(choice).charts.map(({ duplicateStatus }) => duplicateStatus)).toEqual([
      'undecided',
      'undecided',
    ])

    const decided = choiceReducer(choice, { type: 'preferred', fileName: one.fileName, id: 'other.tgz' })
    expect(arrangeFiles(decided).charts.map(({ duplicateStatus }) => duplicateStatus)).toEqual(['not-chosen', 'chosen'])

    const removed = choiceReducer(decided, { type: 'removed', ids: ['other.tgz'] })
    expect(arrangeFiles(removed).charts.map(({ duplicateStatus }) => duplicateStatus)).toEqual(['unique'])
  })

  test('dropping the same file again adds nothing', async () => {
    const file = archive(await makeChart({ name: 'nginx', version: '1.2.3' }))
    const choice = await chosen(file)
    expect(choiceReducer(choice, { type: 'added', files: [{ id: 'again', file, folder: null }] })).toBe(choice)
  })
})

/** Returns a choice of these files, each already read; IDs are the file names. */
async function chosen(...files: File[]): Promise<Choice> {
  const added = files.map((file) => ({ id: file.name, file, folder: null }))
  let choice = choiceReducer(noChoice, { type: 'added', files: added })
  for (const { id, file } of added) {
    choice = choiceReducer(choice, { type: 'read', id, reading: await readChosenFile(file, LIMIT), file })
  }
  return choice
}

function archive(chart: TestChart, name = chart.fileName): File {
  return new File([new Uint8Array(chart.bytes)], name)
}

function provenance(chart: TestChart, name = `${chart.fileName}.prov`): File {
  return new File([makeProvenance(chart)], name)
}
