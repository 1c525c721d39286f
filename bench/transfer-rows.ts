import type { Chartroom } from './chartroom.ts'
import { HttpClient } from './http-client.ts'
import {
  blobProtocol,
  classicProtocol,
  managementProtocol,
  ociProtocol,
  type Protocol,
  type Pushed,
} from './protocols.ts'
import { type Racer, race } from './race.ts'
import { seededChart } from './seed.ts'
import type { ServerProcess } from './server-process.ts'
import { figure, type Row } from './table.ts'

const CLIENTS = 8
/** Size of the charts in bytes. The large one is just below the limit for archives. */
const SMALL = 50_000
const LARGE = 20_000_000
/** Bars: rate as a multiple of the CNCF registry's. */
const UPLOAD_BAR = 1
const DOWNLOAD_BAR = 0.8

export interface TransferPlan {
  /** Description of the store: `1,000 versions`. */
  readonly store: string
  /** Name of the namespace to create. */
  readonly namespace: string
  /** Charts pushed and pulled through each API in a round. */
  readonly charts: number
  /** Pulls of the large chart through each API in a round. */
  readonly large: number
}

/** One of our APIs and its equivalent in the CNCF registry, if that is installed. */
interface Pair {
  readonly ours: Protocol
  readonly theirs: Protocol | undefined
}

/** Measures uploads and downloads through each API with eight clients, compared with the CNCF registry if installed. */
export async function transferRows(
  chartroom: Chartroom,
  cncf: ServerProcess | undefined,
  plan: TransferPlan,
): Promise<Row[]> {
  const { namespace, store } = plan
  await chartroom.makeNamespace(namespace)
  using session = chartroom.session(CLIENTS)
  using basic = chartroom.basic(CLIENTS)
  using client = cncf && new HttpClient(cncf.url, CLIENTS)
  const oci = ociProtocol(basic, namespace)
  const ours = [managementProtocol(session, chartroom.instance, namespace), classicProtocol(basic, namespace), oci]
  const theirs = client && ociProtocol(client, namespace)

  const uploaded = await uploads(ours, theirs, plan)
  const large = await seededChart('large', '1.0.0', LARGE)
  await oci.push(large)
  await theirs?.push(large)
  // A download by file name is compared with one blob by digest; manifest plus blob with the same.
  const blob = client && blobProtocol(client, namespace)
  const pairs = ours.map((protocol): Pair => ({ ours: protocol, theirs: protocol === oci ? theirs : blob }))
  const downloaded = await downloads(pairs, plan.charts, uploaded.pushed)
  const downloadedLarge = await downloads(pairs, plan.large, { ours: [large], theirs: [large] })

  const rows = (what: string, bar: number, rates: readonly Rates[]) =>
    rates.map((each, index) => comparison(`${store}: ${what}, ${ours[index]?.name}`, bar, each))
  return [
    ...rows('uploads of 50 KB', UPLOAD_BAR, uploaded.rates),
    ...rows('downloads of 50 KB', DOWNLOAD_BAR, downloaded),
    ...rows('downloads of 20 MB', DOWNLOAD_BAR, downloadedLarge),
  ]
}

/** Transfers per second. */
interface Rates {
  readonly ours: number
  readonly theirs: number | undefined
}

interface PushedCharts {
  readonly ours: readonly Pushed[]
  readonly theirs: readonly Pushed[]
}

/** Measures uploads. All our APIs are compared with the one of the CNCF registry. */
async function uploads(
  ours: readonly Protocol[],
  theirs: Protocol | undefined,
  plan: TransferPlan,
): Promise<{ rates: Rates[]; pushed: PushedCharts }> {
  const pushed = { ours: [] as Pushed[], theirs: [] as Pushed[] }
  const racers = ours.map((protocol, index) => uploader(protocol, `pushed-${index}`, plan.charts, pushed.ours))
  if (theirs) racers.push(uploader(theirs, 'pushed', plan.charts, pushed.theirs))
  const all = await race(racers, CLIENTS)
  const rates = ours.map((_, index) => ({ ours: all[index] ?? Number.NaN, theirs: all[ours.length] }))
  return { rates, pushed }
}

/** Pushes different bytes each time, as new versions of 20 charts in turn. */
function uploader(protocol: Protocol, name: string, count: number, pushed: Pushed[]): Racer {
  return async (round) => {
    const making = Array.from({ length: count }, (_, index) =>
      seededChart(`${name}-${index % 20}`, `${round}.0.${index}`, SMALL),
    )
    const charts = await Promise.all(making)
    pushed.push(...charts.map(({ bytes: _, ...rest }) => rest))
    return charts.map((chart) => () => protocol.push(chart))
  }
}

async function downloads(pairs: readonly Pair[], count: number, pushed: PushedCharts): Promise<Rates[]> {
  const racers = pairs.flatMap(({ ours, theirs }) => [
    downloader(ours, count, pushed.ours),
    ...(theirs ? [downloader(theirs, count, pushed.theirs)] : []),
  ])
  const rates = await race(racers, CLIENTS)
  const each = rates.length / pairs.length
  return pairs.map((_, index) => ({
    ours: rates[index * each] ?? Number.NaN,
    theirs: each > 1 ? rates[index * each + 1] : undefined,
  }))
}

function downloader(protocol: Protocol, count: number, pushed: readonly Pushed[]): Racer {
  return async (round) =>
    Array.from({ length: count }, (_, index) => {
      const chart = pushed[(round * count + index) % pushed.length]
      return async () => chart && protocol.pull(chart)
    })
}

function comparison(what: string, bar: number, { ours, theirs }: Rates): Row {
  const row = { what, ours: figure(ours, '/ s') }
  if (theirs === undefined) return { ...row, theirs: 'not installed' }
  const ratio = ours / theirs
  return { ...row, theirs: figure(theirs, '/ s'), ratio, bar: { text: `≥ ${bar.toFixed(1)}`, holds: ratio >= bar } }
}
