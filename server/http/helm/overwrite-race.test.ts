import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { LEGACY_CHART } from '../oci/testing/oci-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { pullByOci, pushByOci } from './testing/oci-replay.ts'
import {
  type ChartUpload,
  hexOf,
  must,
  type Pulled,
  pullByClassic,
  pullByManagement,
  uploadByCmPush,
  uploadByCurl,
  uploadByManagement,
} from './testing/upload-and-pull.ts'

const CLIENTS = 50
const READERS = 10
const nginx = { name: 'nginx', version: '1.0.0' }

let server: ListeningApp

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
})
afterEach(() => server.close())

/** All ways to push. */
const PUSHES: readonly ((upload: ChartUpload) => Promise<unknown>)[] = [
  (upload) => must(uploadByManagement(server, 'team', upload), 200),
  (upload) => must(uploadByCurl(server, 'team', upload), 201),
  ({ provenance: _, ...upload }) => must(uploadByCmPush(server, 'team', upload), 201),
  (upload) => must(answerOf(pushByOci(server, 'team/nginx', upload, { library: 'containerd' })), 201),
  (upload) =>
    must(
      answerOf(pushByOci(server, 'team/nginx', upload, { library: 'containerd' }, { layerType: LEGACY_CHART })),
      201,
    ),
  (upload) => must(answerOf(pushByOci(server, 'team/nginx', upload, { library: 'oras' })), 201),
]

/** All ways to pull. A provenance file in the same manifest must match the chart. */
const PULLS: readonly (() => Promise<Pulled>)[] = [
  () => pullByManagement(server, 'team', { fileName: 'nginx-1.0.0.tgz' }),
  () => pullByClassic(server, 'team', { fileName: 'nginx-1.0.0.tgz' }),
  () => pullWithProvenance('containerd'),
  () => pullWithProvenance('oras'),
]

const answerOf = async (pushed: ReturnType<typeof pushByOci>) => (await pushed).answer

async function pullWithProvenance(library: 'containerd' | 'oras'): Promise<Pulled> {
  const { provenance, ...pulled } = await pullByOci(server, 'team/nginx', '1.0.0', { library })
  if (provenance !== undefined) expect(provenance).toContain(`nginx-1.0.0.tgz: sha256:${pulled.claimed}`)
  return pulled
}

/** Versions with incompressible content in several chunks, so that a torn read would show; every other one is signed. */
async function makeUpload(_: unknown, at: number): Promise<ChartUpload> {
  const chart = await makeChart({ ...nginx, files: { noise: randomBytes(100_000), 'README.md': `${at}` } })
  return { ...chart, provenance: at % 2 === 0 ? makeProvenance(chart) : undefined }
}

test(`${CLIENTS} clients overwrite one version concurrently through every API while ${READERS} pull it`, {
  timeout: 60_000,
}, async () => {
  const uploads = await Promise.all(Array.from({ length: CLIENTS }, makeUpload))
  const digests = new Set(uploads.map(({ bytes }) => hexOf(bytes)))
  const first = await makeUpload(undefined, 0)
  digests.add(hexOf(first.bytes))
  await must(uploadByCurl(server, 'team', first), 201)

  let isOver = false
  const reader = async (_: unknown, at: number): Promise<number> => {
    const pull = PULLS[at % PULLS.length] as (typeof PULLS)[number] // in range because of the remainder
    let pulls = 0
    for (; !isOver || pulls === 0; pulls++) {
      const { bytes, claimed } = await pull()
      expect(hexOf(bytes)).toBe(claimed)
      expect(digests).toContain(claimed)
    }
    return pulls
  }
  const writing = Promise.all(uploads.map((upload, at) => PUSHES[at % PUSHES.length]?.(upload))).finally(() => {
    isOver = true
  })
  const [pulls] = await Promise.all([Promise.all(Array.from({ length: READERS }, reader)), writing])
  for (const count of pulls) expect(count).toBeGreaterThan(0)

  const [digest, ...others] = await Promise.all([
    fromList(),
    fromIndex(),
    ...PULLS.map(async (pull) => (await pull()).claimed),
  ])
  expect(digests).toContain(digest)
  expect(others).toEqual(others.map(() => digest))
  const tags = await (await server.askAsHelm('GET', '/v2/team/nginx/tags/list')).json()
  expect(tags).toEqual({ name: 'team/nginx', tags: ['1.0.0'] })
  expect(server.logged.filter(({ level }) => level === 50)).toEqual([])
})

async function fromList(): Promise<string> {
  const path = `/v1/instances/${server.instance}/projects/team/charts/nginx/versions?pageNo=1&pageSize=10`
  const { total, items } = await (await server.ask('GET', path)).json()
  expect([total, items.length]).toEqual([1, 1])
  return items[0].digest
}

async function fromIndex(): Promise<string> {
  const { entries } = await (await server.askAsHelm('GET', '/chartrepo/team/index.yaml')).json()
  expect(entries.nginx).toHaveLength(1)
  return entries.nginx[0].digest
}
