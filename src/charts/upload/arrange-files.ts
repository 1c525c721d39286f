import type { ChartProblem } from '../../../chart/problem.ts'
import { checkProvenance, type Provenance } from '../../../chart/provenance.ts'
import type { Choice, ChosenFile, Reading } from './chosen-files.ts'

/** A provenance file paired with a chart; `problem` says why the two do not match. */
export interface ProvenanceFile {
  readonly id: string
  readonly file: File
  readonly sha256: string | null
  readonly problem: ChartProblem | null
}

/**
 * How a chart relates to the other chosen files with the same name and version: `unique`: there are none; `duplicate`:
 * identical bytes come earlier in the list; `undecided`: the bytes differ and the user has to choose one; `chosen` or
 * `not-chosen`: the result of that choice.
 */
export type DuplicateStatus = 'unique' | 'duplicate' | 'undecided' | 'chosen' | 'not-chosen'

type ChartReading = Exclude<Reading, { state: 'provenance' | 'provenance-refused' | 'unrecognized' }>

export interface ChartCandidate {
  readonly id: string
  readonly file: File
  /** The chart folder that `file` was packaged from. */
  readonly folder: ChosenFile['folder']
  readonly reading: ChartReading
  readonly provenance: ProvenanceFile | null
  readonly duplicateStatus: DuplicateStatus
}

/** A file that is not uploaded: neither chart nor provenance file, or a provenance file without its chart. */
export interface RejectedFile {
  readonly id: string
  readonly file: File
  readonly reason: 'unrecognized' | 'chart-yaml' | 'unreadable' | 'chart-missing' | 'second-provenance' | ChartProblem
}

export interface Arrangement {
  readonly charts: readonly ChartCandidate[]
  readonly rejected: readonly RejectedFile[]
}

/** Pairs provenance files with their charts, and finds charts with the same name and version. */
export function arrangeFiles(choice: Choice): Arrangement {
  const charts = choice.files.filter(isChart)
  const statuses = duplicateStatuses(charts, choice.preferred)
  const provenanceFiles = new Map<string, ProvenanceFile>()
  const rejected: RejectedFile[] = []

  for (const one of choice.files) {
    const { id, file, reading } = one
    if (reading.state === 'unrecognized') {
      rejected.push({ id, file, reason: file.name === 'Chart.yaml' ? 'chart-yaml' : 'unrecognized' })
    }
    if (reading.state === 'unreadable' && !isChart(one)) rejected.push({ id, file, reason: 'unreadable' })
    if (reading.state !== 'provenance' && reading.state !== 'provenance-refused') continue
    const chart = chartOf(one, charts)
    if (!chart) rejected.push({ id, file, reason: unpairedReason(reading) })
    else if (provenanceFiles.has(chart.id)) rejected.push({ id, file, reason: 'second-provenance' })
    else provenanceFiles.set(chart.id, provenanceFileOf(one, chart))
  }

  return {
    charts: charts.map(({ id, file, folder, reading }) => ({
      id,
      file,
      folder,
      reading,
      provenance: provenanceFiles.get(id) ?? null,
      duplicateStatus: statuses.get(id) ?? 'unique',
    })),
    rejected,
  }
}

type Chart = ChosenFile & { reading: ChartReading }

/** Goes by the name of files that are not read yet or unreadable, so that other files never flash up as charts. */
function isChart(one: ChosenFile): one is Chart {
  switch (one.reading.state) {
    case 'reading':
    case 'unreadable':
      return one.folder !== null || /\.(tgz|tar\.gz)$/i.test(one.file.name)
    case 'chart':
    case 'unopened':
    case 'refused':
    case 'too-large':
      return true
    case 'provenance':
    case 'provenance-refused':
    case 'unrecognized':
      return false
  }
}

/**
 * Finds the chart of a provenance file: the one it is named after, else one that it lists. If several qualify (the same
 * name in two folders), the one with the digest that it lists.
 */
function chartOf({ file, reading }: ChosenFile, charts: readonly Chart[]): Chart | undefined {
  const listed = reading.state === 'provenance' ? reading.provenance.files : new Map<string, string>()
  const hasListedDigest = (chart: Chart) => isRead(chart) && listed.get(chart.reading.fileName) === chart.reading.sha256
  const archiveName = file.name.replace(/\.prov$/i, '')
  const named = charts.filter((chart) => chart.file.name === archiveName)
  if (named.length > 0) return named.find(hasListedDigest) ?? named[0]
  return (
    charts.find(hasListedDigest) ??
    charts.find(
      (chart) => isRead(chart) && (chart.reading.fileName === archiveName || listed.has(chart.reading.fileName)),
    )
  )
}

function provenanceFileOf({ id, file, reading }: ChosenFile, chart: Chart): ProvenanceFile {
  if (reading.state === 'provenance-refused') return { id, file, sha256: null, problem: reading.problem }
  if (reading.state !== 'provenance') return { id, file, sha256: null, problem: null }
  return { id, file, sha256: reading.sha256, problem: isRead(chart) ? mismatch(reading.provenance, chart) : null }
}

function mismatch(provenance: Provenance, chart: ReadChart): ChartProblem | null {
  // The name of a chart in an unopened archive is unknown; the registry compares instead.
  if (chart.reading.state === 'unopened') return null
  try {
    checkProvenance(provenance, chart.reading)
    return null
  } catch (problem) {
    return problem as ChartProblem // checkProvenance throws nothing else
  }
}

type ReadChart = Chart & { reading: Extract<Reading, { state: 'chart' | 'unopened' }> }

function isRead(chart: Chart): chart is ReadChart {
  return chart.reading.state === 'chart' || chart.reading.state === 'unopened'
}

function unpairedReason(reading: Reading): RejectedFile['reason'] {
  return reading.state === 'provenance-refused' ? reading.problem : 'chart-missing'
}

/** Compares charts that would be stored under the same file name, which derives from name and version. */
function duplicateStatuses(
  charts: readonly Chart[],
  preferred: ReadonlyMap<string, string>,
): Map<string, DuplicateStatus> {
  const statuses = new Map<string, DuplicateStatus>()
  const groups = Map.groupBy(charts.filter(isRead), (chart) => chart.reading.fileName)
  for (const [fileName, group] of groups) {
    const distinct = group.filter(
      (chart, index) => group.findIndex((other) => other.reading.sha256 === chart.reading.sha256) === index,
    )
    for (const chart of group) if (!distinct.includes(chart)) statuses.set(chart.id, 'duplicate')
    if (distinct.length === 1) continue
    const choice = distinct.find((chart) => chart.id === preferred.get(fileName))
    for (const chart of distinct) {
      statuses.set(chart.id, choice ? (choice === chart ? 'chosen' : 'not-chosen') : 'undecided')
    }
  }
  return statuses
}
