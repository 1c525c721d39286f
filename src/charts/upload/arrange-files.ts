import type { ChartProblem } from '../../../chart/problem.ts'
import { checkProvenance, type Provenance } from '../../../chart/provenance.ts'
import type { Choice, ChosenFile, Reading } from './chosen-files.ts'

/** A provenance file beside its chart; `problem` says why it does not belong to it. */
export interface Companion {
  readonly id: string
  readonly file: File
  readonly sha256: string | null
  readonly problem: ChartProblem | null
}

/**
 * How a chart stands to the other chosen files of the same name and version: `alone`; `repeated`: the same bytes are
 * in the list before it; `undecided`: other bytes, and nobody chose yet; `chosen` or `passed-over` by that choice.
 */
export type Standing = 'alone' | 'repeated' | 'undecided' | 'chosen' | 'passed-over'

type ChartReading = Exclude<Reading, { state: 'provenance' | 'provenance-refused' | 'stranger' }>

export interface ChartCandidate {
  readonly id: string
  readonly file: File
  /** The unpacked chart that `file` is made of. */
  readonly folder: ChosenFile['folder']
  readonly reading: ChartReading
  readonly provenance: Companion | null
  readonly standing: Standing
}

/** A file that is not sent: neither chart nor provenance, or a provenance file without its chart. */
export interface LeftOut {
  readonly id: string
  readonly file: File
  readonly reason: 'stranger' | 'chart-yaml' | 'unreadable' | 'chart-missing' | 'second-provenance' | ChartProblem
}

export interface Arrangement {
  readonly charts: readonly ChartCandidate[]
  readonly leftOut: readonly LeftOut[]
}

/** Puts each provenance file beside its chart, and charts of the same name and version against each other. */
export function arrangeFiles(choice: Choice): Arrangement {
  const charts = choice.files.filter(isChart)
  const standings = standingsOf(charts, choice.preferred)
  const companions = new Map<string, Companion>()
  const leftOut: LeftOut[] = []

  for (const one of choice.files) {
    const { id, file, reading } = one
    if (reading.state === 'stranger') {
      leftOut.push({ id, file, reason: file.name === 'Chart.yaml' ? 'chart-yaml' : 'stranger' })
    }
    if (reading.state === 'unreadable' && !isChart(one)) leftOut.push({ id, file, reason: 'unreadable' })
    if (reading.state !== 'provenance' && reading.state !== 'provenance-refused') continue
    const chart = chartOf(one, charts)
    if (!chart) leftOut.push({ id, file, reason: lonelyReason(reading) })
    else if (companions.has(chart.id)) leftOut.push({ id, file, reason: 'second-provenance' })
    else companions.set(chart.id, companionOf(one, chart))
  }

  return {
    charts: charts.map(({ id, file, folder, reading }) => ({
      id,
      file,
      folder,
      reading,
      provenance: companions.get(id) ?? null,
      standing: standings.get(id) ?? 'alone',
    })),
    leftOut,
  }
}

type Chart = ChosenFile & { reading: ChartReading }

/** What is not read yet, or cannot be, is told by its name, so that a stranger never flashes up as a chart. */
function isChart(one: ChosenFile): one is Chart {
  switch (one.reading.state) {
    case 'reading':
    case 'unreadable':
      return one.folder !== null || /\.(tgz|tar\.gz)$/i.test(one.file.name)
    case 'chart':
    case 'sealed':
    case 'refused':
    case 'too-large':
      return true
    case 'provenance':
    case 'provenance-refused':
    case 'stranger':
      return false
  }
}

/**
 * The chart that a provenance file goes with: the one that it is named after, else the one that it speaks of. Where
 * several qualify (the same name in two folders), the one whose very bytes it was made for.
 */
function chartOf({ file, reading }: ChosenFile, charts: readonly Chart[]): Chart | undefined {
  const inside = reading.state === 'provenance' ? reading.provenance.files : new Map<string, string>()
  const isMadeFor = (chart: Chart) => isRead(chart) && inside.get(chart.reading.fileName) === chart.reading.sha256
  const archiveName = file.name.replace(/\.prov$/i, '')
  const namesake = charts.filter((chart) => chart.file.name === archiveName)
  if (namesake.length > 0) return namesake.find(isMadeFor) ?? namesake[0]
  return (
    charts.find(isMadeFor) ??
    charts.find(
      (chart) => isRead(chart) && (chart.reading.fileName === archiveName || inside.has(chart.reading.fileName)),
    )
  )
}

function companionOf({ id, file, reading }: ChosenFile, chart: Chart): Companion {
  if (reading.state === 'provenance-refused') return { id, file, sha256: null, problem: reading.problem }
  if (reading.state !== 'provenance') return { id, file, sha256: null, problem: null }
  return { id, file, sha256: reading.sha256, problem: isRead(chart) ? mismatch(reading.provenance, chart) : null }
}

function mismatch(provenance: Provenance, chart: ReadChart): ChartProblem | null {
  // Of an archive that cannot be opened the name is not known; the registry compares.
  if (chart.reading.state === 'sealed') return null
  try {
    checkProvenance(provenance, chart.reading)
    return null
  } catch (problem) {
    return problem as ChartProblem // the one thing that checkProvenance throws
  }
}

type ReadChart = Chart & { reading: Extract<Reading, { state: 'chart' | 'sealed' }> }

function isRead(chart: Chart): chart is ReadChart {
  return chart.reading.state === 'chart' || chart.reading.state === 'sealed'
}

function lonelyReason(reading: Reading): LeftOut['reason'] {
  return reading.state === 'provenance-refused' ? reading.problem : 'chart-missing'
}

/** Charts that would land in the same place, by the file name that name and version make. */
function standingsOf(charts: readonly Chart[], preferred: ReadonlyMap<string, string>): Map<string, Standing> {
  const standings = new Map<string, Standing>()
  const groups = Map.groupBy(charts.filter(isRead), (chart) => chart.reading.fileName)
  for (const [fileName, group] of groups) {
    const distinct = group.filter(
      (chart, index) => group.findIndex((other) => other.reading.sha256 === chart.reading.sha256) === index,
    )
    for (const chart of group) if (!distinct.includes(chart)) standings.set(chart.id, 'repeated')
    if (distinct.length === 1) continue
    const choice = distinct.find((chart) => chart.id === preferred.get(fileName))
    for (const chart of distinct) {
      standings.set(chart.id, choice ? (choice === chart ? 'chosen' : 'passed-over') : 'undecided')
    }
  }
  return standings
}
