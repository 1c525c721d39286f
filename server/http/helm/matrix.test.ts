import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { HELMS, type HelmClient, keptChart, openHelmClient, PUSHING_HELMS } from '../../testing/helm-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { ADMINISTRATOR } from '../testing/open-test-app.ts'
import { pullByOci, pushByOci, type Replay, tagOf } from './testing/oci-replay.ts'
import { packageChart, writeChart } from './testing/packages.ts'
import {
  type ChartUpload,
  hexOf,
  must,
  pullByClassic,
  pullByManagement,
  uploadByCmPush,
  uploadByCurl,
  uploadByManagement,
} from './testing/upload-and-pull.ts'

/** Every way to push, combined with every way to pull: all APIs share one store. */

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const VERSION = '1.2.3+build.7'

let server: ListeningApp
let host: string
const helms = new Map<string, HelmClient>()
/** Archives that were pushed, by the name of their chart. */
const pushed = new Map<string, Buffer>()

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  host = `localhost:${server.port}`
  for (const version of HELMS) {
    const helm = await openHelmClient(version)
    helms.set(version, helm)
    await login(helm)
  }
  for (const [at, [, push]] of Object.entries(WAYS_IN).entries()) pushed.set(nameOf(at), await push(nameOf(at)))
  for (const helm of helms.values()) {
    await helm.do('repo', 'add', 'team', `http://${host}/chartrepo/team`, ...credential)
  }
})
afterAll(async () => {
  for (const helm of helms.values()) await helm[Symbol.asyncDispose]()
  await server.close()
})

const credential = ['--username', ADMINISTRATOR.account, '--password', ADMINISTRATOR.password]
const login = (helm: HelmClient) => helm.do('registry', 'login', host, ...credential)
const nameOf = (wayIn: number) => `chart-${wayIn}`
const helmOf = (version: string) => helms.get(version) as HelmClient // all of them are opened in beforeAll

const uploadOf = (name: string): Promise<ChartUpload> =>
  makeChart({ name, version: VERSION, files: { 'README.md': name } })

/** Pushes a generated chart; returns its bytes. */
function sending(send: (upload: ChartUpload) => Promise<unknown>): (name: string) => Promise<Buffer> {
  return async (name) => {
    const upload = await uploadOf(name)
    await send(upload)
    return Buffer.from(upload.bytes)
  }
}

/** Helm before 3.7 repackages a chart when it saves it; it pushes the archive in its cache. */
const byChartPush = (version: string) => async (name: string) => {
  const reference = `${host}/team/${name}:${VERSION}`
  await helmOf(version).do('chart', 'save', await writeChart(helmOf(version), name, VERSION), reference)
  await helmOf(version).do('chart', 'push', reference)
  return keptChart(helmOf(version), reference)
}

const byPush = (version: string) => async (name: string) => {
  const { file, bytes } = await packageChart(helmOf(version), name, VERSION)
  await helmOf(version).do('push', file, `oci://${host}/team`)
  return bytes
}

const byReplay = (replay: Replay, tag: string) =>
  sending(async (upload) => {
    const { answer } = await pushByOci(server, `team/${upload.name}`, upload, replay, { tag })
    expect(answer.status).toBe(201)
  })

function byEach<T>(
  versions: readonly string[],
  entry: (version: string) => readonly [name: string, T],
): Record<string, T> {
  return Object.fromEntries(versions.map(entry))
}

const WAYS_IN: Record<string, (name: string) => Promise<Buffer>> = {
  'the console': sending((upload) => must(uploadByManagement(server, 'team', upload, { 'If-None-Match': '*' }), 200)),
  'the management API': sending((upload) => must(uploadByManagement(server, 'team', upload), 200)),
  'cm-push (replayed)': sending((upload) => must(uploadByCmPush(server, 'team', upload), 201)),
  'curl --form': sending((upload) => must(uploadByCurl(server, 'team', upload), 201)),
  'helm 3.2 chart push': byChartPush('3.2'),
  'helm 3.6 chart push': byChartPush('3.6'),
  ...byEach(PUSHING_HELMS, (version) => [`helm ${version} push`, byPush(version)]),
  'helm 3.7 push (replayed)': byReplay({ library: 'containerd' }, VERSION),
  'helm 4.2 push (replayed)': byReplay({ library: 'oras' }, tagOf(VERSION)),
}

/** Runs on another machine than the one that pushed, with an empty cache. */
async function elsewhere<R>(version: string, act: (helm: HelmClient) => Promise<R>): Promise<R> {
  await using helm = await openHelmClient(version)
  await login(helm)
  return await act(helm)
}

const byChartPull = (version: string) => (name: string) =>
  elsewhere(version, async (helm) => {
    const reference = `${host}/team/${name}:${VERSION}`
    await helm.do('chart', 'pull', reference)
    return keptChart(helm, reference)
  })

const byPull = (version: string) => (name: string) =>
  elsewhere(version, async (helm) => {
    await helm.do('pull', `oci://${host}/team/${name}`, '--version', VERSION)
    return helm.file(`${name}-${VERSION}.tgz`)
  })

const byRepository = (version: string) => async (name: string) => {
  await helmOf(version).do('repo', 'update')
  await helmOf(version).do('pull', `team/${name}`, '--version', VERSION, '--destination', '.')
  return helmOf(version).file(`${name}-${VERSION}.tgz`)
}

/** Returns the body, whose digest must be the one in the headers. */
const verified = async (response: ReturnType<typeof pullByClassic>) => {
  const { bytes, claimed } = await response
  expect(hexOf(bytes)).toBe(claimed)
  return bytes
}
const fileOf = (name: string) => ({ fileName: `${name}-${VERSION}.tgz` })

const WAYS_OUT: Record<string, (name: string) => Promise<Buffer>> = {
  'the management API': (name) => verified(pullByManagement(server, 'team', fileOf(name))),
  'curl of the classic repository': (name) => verified(pullByClassic(server, 'team', fileOf(name))),
  ...byEach(HELMS, (version) => [`helm ${version} pull from the classic repository`, byRepository(version)]),
  'helm 3.2 chart pull': byChartPull('3.2'),
  'helm 3.6 chart pull': byChartPull('3.6'),
  'helm 3.6 pull oci://': byPull('3.6'),
  ...byEach(PUSHING_HELMS, (version) => [`helm ${version} pull oci://`, byPull(version)]),
  'helm 3.7 pull oci:// (replayed)': (name) =>
    verified(pullByOci(server, `team/${name}`, VERSION, { library: 'containerd' })),
  'helm 4.2 pull oci:// (replayed)': (name) => verified(pullByOci(server, `team/${name}`, tagOf(VERSION))),
}

/** Helm before 3.7 supports neither the layer type of later versions nor that of manifests generated by Chartroom. */
const OLD_WAYS_IN = ['helm 3.2 chart push', 'helm 3.6 chart push']
const OLD_WAYS_OUT = ['helm 3.2 chart pull', 'helm 3.6 chart pull', 'helm 3.6 pull oci://']
const isPossible = (wayIn: string, wayOut: string) => OLD_WAYS_IN.includes(wayIn) || !OLD_WAYS_OUT.includes(wayOut)

describe.each(Object.keys(WAYS_IN).map((wayIn, at) => [wayIn, nameOf(at)] as const))('pushed by %s', (wayIn, name) => {
  const possible = Object.keys(WAYS_OUT).filter((wayOut) => isPossible(wayIn, wayOut))
  const impossible = Object.keys(WAYS_OUT).filter((wayOut) => !isPossible(wayIn, wayOut))

  test.each(possible)('is pulled by %s', async (wayOut) => {
    const bytes = await WAYS_OUT[wayOut]?.(name)
    expect(bytes?.length).toBeGreaterThan(100)
    expect(hexOf(bytes ?? Buffer.alloc(0))).toBe(hexOf(pushed.get(name) ?? Buffer.alloc(1)))
  })

  test.each(impossible)('cannot be pulled by %s', async (wayOut) => {
    const reason = 'manifest does not contain a layer with mediatype application/tar+gzip'
    await expect(WAYS_OUT[wayOut]?.(name)).rejects.toThrow(reason)
  })

  test('has the same digest in every API', async () => {
    const digest = hexOf(pushed.get(name) ?? Buffer.alloc(0))
    const path = `/v1/instances/${server.instance}/projects/team/charts/${name}/versions?pageNo=1&pageSize=10`
    const { items } = await (await server.ask('GET', path)).json()
    expect(items).toMatchObject([{ version: VERSION, digest }])
    const index = await (await server.askAsHelm('GET', '/chartrepo/team/index.yaml')).json()
    expect(index.entries[name]).toMatchObject([{ version: VERSION, digest }])
    expect((await pullByOci(server, `team/${name}`, tagOf(VERSION))).claimed).toBe(digest)
  })
})
