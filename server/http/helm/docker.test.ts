import { randomBytes } from 'node:crypto'
import type { OutgoingHttpHeaders } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sha256 } from '../oci/testing/oci-client.ts'
import { type ListeningApp, openListeningApp, type WireAnswer, type WireRequest } from '../testing/listening-app.ts'
import { ADMINISTRATOR, basic } from '../testing/open-test-app.ts'

/**
 * Requests of Docker, replayed. Sources: distribution `internal/client/{repository,auth/session}.go`, moby
 * `daemon/internal/distribution`: ping, parse the challenges, GET a token, send it with all other requests.
 */

const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
const AGENT = 'docker/28.0.1 go/go1.23.6 kernel/6.8.0 os/linux arch/amd64 UpstreamClient(Docker-Client/28.0.1)'

let server: ListeningApp

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
})
afterEach(() => server.close())

function send(method: string, path: string, { headers, body = [] }: WireRequest = {}): Promise<WireAnswer> {
  return server.send(method, path, { headers: { 'User-Agent': AGENT, ...headers }, body })
}

/** Pings and follows the Bearer challenge, as Docker does first; anonymously if there is no authorization. */
async function authorize(query: Record<string, string>, authorization?: string): Promise<OutgoingHttpHeaders> {
  const ping = await send('GET', '/v2/')
  expect(ping.status).toBe(401)
  const [challenge = ''] = ping.lines('www-authenticate')
  const [, realm = '', service = ''] = /^Bearer realm="([^"]+)",service="([^"]+)"$/.exec(challenge) ?? []
  const url = new URL(`${realm}?${new URLSearchParams({ ...query, service })}`)
  const headers = authorization === undefined ? {} : { Authorization: authorization }
  const answer = await send('GET', `${url.pathname}${url.search}`, { headers })
  if (answer.status !== 200) return {}
  return { Authorization: `Bearer ${JSON.parse(answer.body.toString()).token}` }
}

async function login(password: string): Promise<number> {
  const query = { account: ADMINISTRATOR.account, client_id: 'docker', offline_token: 'true' }
  const headers = await authorize(query, basic(ADMINISTRATOR.account, password))
  return (await send('GET', '/v2/', { headers })).status
}

async function push(repository: string, headers: OutgoingHttpHeaders): Promise<readonly [number, string]> {
  const descriptors = []
  for (const bytes of [Buffer.from('{"architecture":"amd64","os":"linux"}'), randomBytes(1000)]) {
    const digest = sha256(bytes)
    expect((await send('HEAD', `/v2/${repository}/blobs/${digest}`, { headers })).status).toBe(404)
    const empty = { ...headers, 'Content-Length': 0 }
    const begun = await send('POST', `/v2/${repository}/blobs/uploads/`, { headers: empty })
    if (begun.status !== 202) return [begun.status, '']
    // In one chunked PATCH without Content-Range, closed by an empty PUT.
    const patched = await send('PATCH', `${begun.headers.location}`, { headers, body: [bytes] })
    expect(patched.status).toBe(202)
    const put = await send('PUT', `${patched.headers.location}?digest=${digest}`, { headers: empty })
    expect(put.status).toBe(201)
    expect((await send('HEAD', `/v2/${repository}/blobs/${digest}`, { headers })).status).toBe(200)
    descriptors.push({ mediaType: 'application/octet-stream', digest, size: bytes.length })
  }
  const [config, ...layers] = descriptors
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: DOCKER_MANIFEST, config, layers }))
  const sent = { ...headers, 'Content-Type': DOCKER_MANIFEST, 'Content-Length': manifest.length }
  const { status } = await send('PUT', `/v2/${repository}/manifests/v1`, { headers: sent, body: [manifest] })
  return [status, sha256(manifest)]
}

async function pull(repository: string, headers: OutgoingHttpHeaders): Promise<readonly [number, string]> {
  const accept = { ...headers, Accept: `${DOCKER_MANIFEST}, application/vnd.oci.image.index.v1+json` }
  const head = await send('HEAD', `/v2/${repository}/manifests/v1`, { headers: accept })
  if (head.status !== 200) return [head.status, '']
  const digest = `${head.headers['docker-content-digest']}`
  const { body } = await send('GET', `/v2/${repository}/manifests/${digest}`, { headers: accept })
  const { config, layers } = JSON.parse(body.toString())
  for (const one of [config, ...layers]) {
    const blob = await send('GET', `/v2/${repository}/blobs/${one.digest}`, { headers })
    expect(sha256(blob.body)).toBe(one.digest)
  }
  return [head.status, sha256(body)]
}

const scope = (repository: string, actions: string) => ({
  account: ADMINISTRATOR.account,
  scope: `repository:${repository}:${actions}`,
})

test('docker login (replayed): accepts a token without scope for the ping, and rejects a wrong password', async () => {
  expect(await login(ADMINISTRATOR.password)).toBe(200)
  expect(await login('guess')).toBe(401)
})

test('docker push and pull (replayed) of an image in a private namespace', async () => {
  const [pushed, digest] = await push('team/app', await authorize(scope('team/app', 'push,pull'), basic()))
  expect(pushed).toBe(201)
  expect(await pull('team/app', await authorize(scope('team/app', 'pull'), basic()))).toEqual([200, digest])
})

test('docker pull (replayed) without a login: succeeds in a public namespace, fails in a private one', async () => {
  const [, digest] = await push('open/app', await authorize(scope('open/app', 'push,pull'), basic()))
  await push('team/app', await authorize(scope('team/app', 'push,pull'), basic()))
  const anonymously = (repository: string) => authorize({ scope: `repository:${repository}:pull` })
  expect(await pull('open/app', await anonymously('open/app'))).toEqual([200, digest])
  expect(await pull('team/app', await anonymously('team/app'))).toEqual([401, ''])
})
