import type { Chartroom } from './chartroom.ts'
import { blobDoor, classicDoor, type Door, managementDoor, ociDoor, type Pushed } from './doors.ts'
import { HttpClient } from './http-client.ts'
import { type Racer, race } from './race.ts'
import { seededChart } from './seed.ts'
import type { ServerProcess } from './server-process.ts'
import { figure, type Row } from './table.ts'

const CLIENTS = 8
/** Bytes of the charts; the large one is nearly what an archive may be at most. */
const SMALL = 50_000
const LARGE = 20_000_000
/** What part of the peer's speed there must be. */
const UPLOAD_BAR = 1
const DOWNLOAD_BAR = 0.8

export interface TransferPlan {
  /** The store in words: `1,000 versions`. */
  readonly store: string
  /** A new namespace. */
  readonly namespace: string
  /** Charts that are pushed by each door, and fetched, in a round. */
  readonly charts: number
  /** How often the large chart is fetched by each door in a round. */
  readonly large: number
}

/** A door of ours, and what does the same at the peer, if that is there. */
interface Pair {
  readonly ours: Door
  readonly theirs: Door | undefined
}

/** Uploads and downloads by each door, eight clients at a time, beside a peer where there is one. */
export async function transferRows(
  chartroom: Chartroom,
  peer: ServerProcess | undefined,
  plan: TransferPlan,
): Promise<Row[]> {
  const { namespace, store } = plan
  await chartroom.makeNamespace(namespace)
  using session = chartroom.session(CLIENTS)
  using basic = chartroom.basic(CLIENTS)
  using client = peer && new HttpClient(peer.url, CLIENTS)
  const oci = ociDoor(basic, namespace)
  const ours = [managementDoor(session, chartroom.instance, namespace), classicDoor(basic, namespace), oci]
  const theirs = client && ociDoor(client, namespace)

  const uploaded = await uploads(ours, theirs, plan)
  const large = await seededChart('large', '1.0.0', LARGE)
  await oci.push(large)
  await theirs?.push(large)
  // A file by its name is held against a blob by its digest; a manifest and its blob against the same.
  const blob = client && blobDoor(client, namespace)
  const pairs = ours.map((door): Pair => ({ ours: door, theirs: door === oci ? theirs : blob }))
  const fetched = await downloads(pairs, plan.charts, uploaded.pushed)
  const fetchedLarge = await downloads(pairs, plan.large, { ours: [large], theirs: [large] })

  const rows = (what: string, bar: number, rates: readonly Rates[]) =>
    rates.map((each, index) => comparison(`${store}: ${what}, ${ours[index]?.name}`, bar, each))
  return [
    ...rows('uploads of 50 KB', UPLOAD_BAR, uploaded.rates),
    ...rows('downloads of 50 KB', DOWNLOAD_BAR, fetched),
    ...rows('downloads of 20 MB', DOWNLOAD_BAR, fetchedLarge),
  ]
}

/** What was done in a second. */
interface Rates {
  readonly ours: number
  readonly theirs: number | undefined
}

interface PushedCharts {
  readonly ours: readonly Pushed[]
  readonly theirs: readonly Pushed[]
}

/** The peer has one door, which all of ours are held against. */
async function uploads(
  ours: readonly Door[],
  theirs: Door | undefined,
  plan: TransferPlan,
): Promise<{ rates: Rates[]; pushed: PushedCharts }> {
  const pushed = { ours: [] as Pushed[], theirs: [] as Pushed[] }
  const racers = ours.map((door, index) => uploader(door, `pushed-${index}`, plan.charts, pushed.ours))
  if (theirs) racers.push(uploader(theirs, 'pushed', plan.charts, pushed.theirs))
  const all = await race(racers, CLIENTS)
  const rates = ours.map((_, index) => ({ ours: all[index] ?? Number.NaN, theirs: all[ours.length] }))
  return { rates, pushed }
}

/** Each time another chart's next version, each with bytes of its own. */
function uploader(door: Door, name: string, count: number, pushed: Pushed[]): Racer {
  return async (round) => {
    const wanted = Array.from({ length: count }, (_, index) =>
      seededChart(`${name}-${index % 20}`, `${round}.0.${index}`, SMALL),
    )
    const charts = await Promise.all(wanted)
    pushed.push(...charts.map(({ bytes: _, ...rest }) => rest))
    return charts.map((chart) => () => door.push(chart))
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

function downloader(door: Door, count: number, pushed: readonly Pushed[]): Racer {
  return async (round) =>
    Array.from({ length: count }, (_, index) => {
      const chart = pushed[(round * count + index) % pushed.length]
      return async () => chart && door.pull(chart)
    })
}

function comparison(what: string, bar: number, { ours, theirs }: Rates): Row {
  const row = { what, ours: figure(ours, '/ s') }
  if (theirs === undefined) return { ...row, theirs: 'not installed' }
  const ratio = ours / theirs
  return { ...row, theirs: figure(theirs, '/ s'), ratio, bar: { text: `≥ ${bar.toFixed(1)}`, holds: ratio >= bar } }
}
