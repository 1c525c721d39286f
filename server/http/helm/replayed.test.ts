import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeChart, type TestChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { ADMINISTRATOR, basic } from '../testing/open-test-app.ts'
import { pullByOci, pushByOci, type Replay, recorder } from './testing/oci-replay.ts'
import { hexOf, uploadByCurl } from './testing/upload-and-pull.ts'

/** Recorded requests of OCI clients without a binary here, replayed over a real connection. */

let server: ListeningApp
let chart: TestChart

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
  await server.namespace('fixed', { immutable: true })
  chart = await makeChart({ name: 'nginx', version: '1.2.3+build.7' })
})
afterEach(() => server.close())

const repository = 'team/nginx'
const changed = () => makeChart({ name: 'nginx', version: '1.2.3+build.7', files: { 'README.md': 'changed' } })
const times = (count: number, line: string) => Array.from({ length: count }, () => line)

/** A token requested by GET, with or without a password. */
async function tokenByGet(scope: string, authorization?: string): Promise<string> {
  const query = new URLSearchParams({ scope, service: 'chartroom' })
  const headers = authorization === undefined ? {} : { Authorization: authorization }
  const { body } = await server.send('GET', `/service/token?${query}`, { headers })
  return JSON.parse(body.toString()).token
}

/** A token requested by POST of a form. */
async function tokenByPost(fields: Record<string, string>): Promise<{ status: number; token?: string }> {
  const { account: username, password } = ADMINISTRATOR
  const form = new URLSearchParams({ grant_type: 'password', service: 'chartroom', username, password, ...fields })
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const { status, body } = await server.send('POST', '/service/token', { headers, body: [Buffer.from(`${form}`)] })
  return { status, token: JSON.parse(body.toString()).access_token }
}

async function ping(authorization?: string): Promise<number> {
  const headers = authorization === undefined ? {} : { Authorization: authorization }
  return (await server.send('GET', '/v2/', { headers })).status
}

describe.each([
  ['helm 3.21', 'Helm/3.21.4'],
  ['helm 4.2', 'Helm/4.2'],
])('%s (replayed)', (_, agent) => {
  const helm: Replay = { library: 'oras', agent }

  test('registry login: a Bearer challenge, POST for a token, and GET if that fails', async () => {
    const { status: unknown, lines } = await server.send('GET', '/v2/')
    expect([unknown, lines('www-authenticate')]).toEqual([401, [expect.stringMatching(/^Bearer /)]])
    const { status, token } = await tokenByPost({ client_id: 'oras-go' })
    expect([status, await ping(`Bearer ${token}`)]).toEqual([200, 200])
    expect(await ping(`Bearer ${await tokenByGet('', basic())}`)).toBe(200)
    expect((await tokenByPost({ client_id: 'oras-go', password: 'guess' })).status).toBe(401)
  })

  test('push: by digest, then by tag; the second push skips the blobs', async () => {
    const first = await pushByOci(server, repository, { ...chart, provenance: makeProvenance(chart) }, helm)
    expect(first.trace).toEqual([
      'HEAD manifests/DIGEST 404',
      ...times(3, 'HEAD blobs 404'),
      ...times(3, 'POST uploads 202'),
      ...times(3, 'PUT uploads 201'),
      'PUT manifests/DIGEST 201',
      'GET manifests/DIGEST 200',
      'PUT manifests/TAG 201',
    ])
    const again = await pushByOci(server, repository, { ...chart, provenance: makeProvenance(chart) }, helm)
    expect(again.trace).toEqual(['HEAD manifests/DIGEST 200', 'GET manifests/DIGEST 200', 'PUT manifests/TAG 201'])
  })

  test('push with Basic: one anonymous request, then with the password', async () => {
    const { ask, trace } = recorder(server, repository, { ...helm, authorization: null })
    await ask('HEAD', `manifests/sha256:${chart.sha256}`)
    expect(trace[0]).toMatch(/ 401$/)
    expect((await pushByOci(server, repository, chart, helm)).answer.status).toBe(201)
  })

  test('push with Bearer: a token for pull and push', async () => {
    const authorization = `Bearer ${await tokenByGet(`repository:${repository}:pull,push`, basic())}`
    const { answer, trace } = await pushByOci(server, repository, chart, { ...helm, authorization })
    expect([trace[0], answer.status]).toEqual(['HEAD manifests/DIGEST 404', 201])
  })

  test('anonymous push to a public namespace: 401 for the upload, and nothing is stored', async () => {
    const authorization = `Bearer ${await tokenByGet('repository:open/nginx:pull,push')}`
    const { answer, trace } = await pushByOci(server, 'open/nginx', chart, { ...helm, authorization })
    expect(trace).toEqual(['HEAD manifests/DIGEST 404', ...times(2, 'HEAD blobs 404'), ...times(2, 'POST uploads 401')])
    expect(JSON.parse(answer.body.toString()).errors[0].code).toBe('UNAUTHORIZED')
  })

  test('pull by --version or by tag: one GET of the manifest, and the blobs', async () => {
    await pushByOci(server, repository, chart, helm)
    const { bytes, trace } = await pullByOci(server, repository, '1.2.3_build.7', helm)
    expect(hexOf(bytes)).toBe(chart.sha256)
    expect(trace).toEqual(['GET manifests/TAG 200', ...times(2, 'GET blobs 200')])
  })

  test('pull by range or without a version: lists the tags first', async () => {
    await pushByOci(server, repository, chart, helm)
    const { ask } = recorder(server, repository, helm)
    const { status, headers, body } = await ask('GET', 'tags/list')
    expect([status, headers.link, JSON.parse(body.toString())]).toEqual([
      200,
      undefined,
      { name: repository, tags: ['1.2.3_build.7'] },
    ])
  })

  test('install by digest, through any API and after the version was replaced', async () => {
    expect((await uploadByCurl(server, 'team', chart)).status).toBe(201)
    const { ask } = recorder(server, repository, helm)
    const digest = `${(await ask('HEAD', 'manifests/1.2.3_build.7')).headers['docker-content-digest']}`
    expect((await uploadByCurl(server, 'team', await changed())).status).toBe(201)
    const { bytes, trace } = await pullByOci(server, repository, digest, helm)
    expect(hexOf(bytes)).toBe(chart.sha256)
    expect(trace).toEqual(['GET manifests/DIGEST 200', ...times(2, 'GET blobs 200')])
  })

  test('install by digest with --version: compares it with HEAD of the tag, which has type and length', async () => {
    const { digest } = await pushByOci(server, repository, chart, helm)
    const { ask } = recorder(server, repository, helm)
    const { headers } = await ask('HEAD', 'manifests/1.2.3_build.7')
    expect(headers['docker-content-digest']).toBe(digest)
    expect(headers['content-type']).toBe('application/vnd.oci.image.manifest.v1+json')
    expect(Number(headers['content-length'])).toBeGreaterThan(100)
    expect(hexOf((await pullByOci(server, repository, digest, helm)).bytes)).toBe(chart.sha256)
  })

  test('pull --verify: the provenance file is a layer', async () => {
    await uploadByCurl(server, 'team', { ...chart, provenance: makeProvenance(chart) })
    const { provenance, trace } = await pullByOci(server, repository, '1.2.3_build.7', helm)
    expect(provenance).toBe(makeProvenance(chart))
    expect(trace).toEqual(['GET manifests/TAG 200', ...times(3, 'GET blobs 200')])
  })

  test('push to an immutable namespace: 403 for the tag, with a message in the body', async () => {
    expect((await pushByOci(server, 'fixed/nginx', chart, helm)).answer.status).toBe(201)
    const { answer, trace } = await pushByOci(server, 'fixed/nginx', await changed(), helm)
    expect(trace.slice(-3)).toEqual(['PUT manifests/DIGEST 201', 'GET manifests/DIGEST 200', 'PUT manifests/TAG 403'])
    const [{ code, message }] = JSON.parse(answer.body.toString()).errors
    expect([code, message]).toEqual(['DENIED', expect.stringContaining('the namespace “fixed” is immutable')])
    expect((await pushByOci(server, 'fixed/nginx', chart, helm)).answer.status).toBe(201)
  })
})

describe('helm 3.7 (replayed)', () => {
  const helm: Replay = { library: 'containerd', agent: 'Helm/3.7.2' }

  test('push of a version with an unencoded plus, and pull', async () => {
    const { trace } = await pushByOci(server, repository, chart, helm, { tag: chart.version })
    expect(trace).toEqual([
      ...times(2, 'HEAD blobs 404'),
      ...times(2, 'POST uploads 202'),
      ...times(2, 'PUT uploads 201'),
      'HEAD manifests/TAG 404',
      'PUT manifests/TAG 201',
    ])
    const pulled = await pullByOci(server, repository, chart.version, helm)
    expect(hexOf(pulled.bytes)).toBe(chart.sha256)
    expect(pulled.trace).toEqual([
      'HEAD manifests/TAG 200',
      expect.stringMatching(/^GET manifests\/sha256:/),
      ...times(2, 'GET blobs 200'),
    ])
  })

  test('push again: all blobs and the manifest exist', async () => {
    await pushByOci(server, repository, chart, helm)
    const { trace } = await pushByOci(server, repository, chart, helm)
    expect(trace).toEqual([...times(2, 'HEAD blobs 200'), 'HEAD manifests/TAG 200'])
  })

  test('push with Bearer: POST for a token with two scopes', async () => {
    const bare = await pushByOci(server, repository, chart, { ...helm, authorization: null })
    expect(bare.trace).toEqual(times(2, 'HEAD blobs 401'))
    const scope = `repository:${repository}:pull repository:${repository}:pull,push`
    const { token } = await tokenByPost({ client_id: 'containerd-client', scope })
    const { answer } = await pushByOci(server, repository, chart, { ...helm, authorization: `Bearer ${token}` })
    expect(answer.status).toBe(201)
  })
})
