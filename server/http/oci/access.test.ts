import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { insertAccount } from '../../testing/insert-account.ts'
import { basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { IMAGE, type OciClient, ociClient, ociRefusal, sha256 } from './testing/oci-client.ts'

let server: TestApp
let oci: OciClient

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
  for (const namespace of ['team', 'open']) await server.publish(namespace, { name: 'nginx', version: '1.0.0' })
  oci = ociClient(server)
  // An account without grants.
  await insertAccount(server.registry, { id: 'guest', name: 'guest', role: 'member', password: 'guest' })
})
afterEach(() => server.close())

const asGuest = (method: string, path: string) =>
  server.askAnonymously(method, path, { headers: { Authorization: basic('guest', 'guest') } })

const reads = (namespace: string) => [
  ['GET', `/v2/${namespace}/nginx/manifests/1.0.0`],
  ['HEAD', `/v2/${namespace}/nginx/manifests/1.0.0`],
  ['GET', `/v2/${namespace}/nginx/manifests/${sha256('nothing')}`],
  ['GET', `/v2/${namespace}/nothing/manifests/1.0.0`],
  ['GET', `/v2/${namespace}/nginx/blobs/${sha256('nothing')}`],
  ['GET', `/v2/${namespace}/nginx/tags/list`],
  ['GET', `/v2/${namespace}/nothing/tags/list`],
  ['GET', `/v2/${namespace}/nginx/referrers/${sha256('nothing')}`],
  ['GET', `/v2/${server.instance}/${namespace}/nginx/manifests/1.0.0`],
  ['GET', `/v2/ccr-00000000/${namespace}/nginx/manifests/1.0.0`],
]
const changes = (namespace: string) => [
  ['POST', `/v2/${namespace}/nginx/blobs/uploads/`],
  ['PATCH', `/v2/${namespace}/nginx/blobs/uploads/${'0'.repeat(32)}`],
  ['PUT', `/v2/${namespace}/nginx/blobs/uploads/${'0'.repeat(32)}?digest=${sha256('')}`],
  ['GET', `/v2/${namespace}/nginx/blobs/uploads/${'0'.repeat(32)}`],
  ['DELETE', `/v2/${namespace}/nginx/blobs/uploads/${'0'.repeat(32)}`],
  ['PUT', `/v2/${namespace}/nginx/manifests/1.0.0`],
  ['DELETE', `/v2/${namespace}/nginx/manifests/1.0.0`],
  ['DELETE', `/v2/${namespace}/nginx/blobs/${sha256('nothing')}`],
]

describe('access to repositories', () => {
  test('challenges anonymous callers with Bearer only, whether a repository exists or not', async () => {
    for (const namespace of ['team', 'nowhere']) {
      for (const [method = '', path = ''] of [...reads(namespace), ...changes(namespace)]) {
        const answer = await server.askAnonymously(method, path)
        expect([method, path, answer.status]).toEqual([method, path, 401])
        const header = answer.headers.get('www-authenticate') ?? ''
        expect(header).toMatch(/^Bearer realm="http:\/\/localhost(:8080)?\/service\/token",/)
        expect(header).not.toContain('Basic')
        expect(header).toContain(`scope="repository:`)
        if (method !== 'HEAD') expect(await ociRefusal(answer)).toMatchObject({ code: 'UNAUTHORIZED' })
      }
    }
  })

  test('returns 403 to callers without a grant, whether a repository exists or not', async () => {
    for (const namespace of ['team', 'nowhere']) {
      for (const [method = '', path = ''] of [...reads(namespace), ...changes(namespace)]) {
        const answer = await asGuest(method, path)
        expect([method, path, answer.status]).toEqual([method, path, 403])
        expect(answer.headers.get('www-authenticate')).toBeNull()
      }
    }
  })

  test('treats an empty name and password as anonymous: skopeo and podman send them if they have no credentials', async () => {
    const ask = (path: string) =>
      server.askAnonymously('GET', path, { headers: { Authorization: basic('', '') } }).then(({ status }) => status)
    expect(await ask('/v2/open/nginx/manifests/1.0.0')).toBe(200)
    expect(await ask('/v2/team/nginx/manifests/1.0.0')).toBe(401)
    expect(await ask('/v2/')).toBe(401)
    expect(await ask('/chartrepo/open/index.yaml')).toBe(200)
  })

  test('lets everyone read a public namespace, but not write to it', async () => {
    for (const ask of [server.askAnonymously, asGuest]) {
      expect((await ask('GET', '/v2/open/nginx/manifests/1.0.0')).status).toBe(200)
      expect((await ask('GET', '/v2/open/nginx/tags/list')).status).toBe(200)
      expect((await ask('GET', '/v2/open/nothing/manifests/1.0.0')).status).toBe(404)
    }
    for (const [method = '', path = ''] of changes('open')) {
      expect([method, (await server.askAnonymously(method, path)).status]).toEqual([method, 401])
      expect([method, (await asGuest(method, path)).status]).toEqual([method, 403])
    }
  })

  test('returns 404 to authorized callers for missing content: Helm since 3.18 begins a push with HEAD', async () => {
    expect((await server.askAsHelm('HEAD', `/v2/team/new/manifests/${sha256('x')}`)).status).toBe(404)
    expect(await ociRefusal(await server.askAsHelm('GET', '/v2/nowhere/x/tags/list'))).toMatchObject({
      status: 404,
      code: 'NAME_UNKNOWN',
    })
    expect((await server.askAsHelm('GET', '/v2/ccr-00000000/team/nginx/tags/list')).status).toBe(404)
  })

  test('never treats a wrong password as anonymous, not even in a public namespace', async () => {
    const headers = { Authorization: basic('admin', 'wrong') }
    expect((await server.askAnonymously('GET', '/v2/open/nginx/tags/list', { headers })).status).toBe(401)
  })

  test('GET /v2/ always requires authentication', async () => {
    expect((await server.askAnonymously('GET', '/v2/')).status).toBe(401)
    expect((await server.askAsHelm('GET', '/v2/')).status).toBe(200)
    expect((await asGuest('GET', '/v2/')).status).toBe(200)
    expect((await server.ask('GET', '/v2/')).status).toBe(401)
  })

  test('challenges a wrong password with Bearer under /v2/ and with Basic at the token service', async () => {
    const headers = { Authorization: basic('admin', 'wrong') }
    const challengeAt = async (path: string) =>
      (await server.askAnonymously('GET', path, { headers })).headers.get('www-authenticate')
    for (const path of ['/v2/', '/v2/team/nginx/tags/list', '/v2/open/nginx/tags/list']) {
      expect(await challengeAt(path)).toMatch(/^Bearer realm="[^"]+",service="chartroom"(,scope="[^"]+")?$/)
    }
    expect(await challengeAt('/service/token')).toBe('Basic realm="Chartroom", charset="UTF-8"')
  })

  test('accepts Basic under /v2/ although no challenge offers it', async () => {
    for (const path of ['/v2/', '/v2/team/nginx/tags/list', '/v2/team/nginx/manifests/1.0.0']) {
      expect((await server.askAsHelm('GET', path)).status).toBe(200)
    }
  })
})

/** Requests a token for the scopes as Docker does. */
async function token(scopes: string[], authorization?: string): Promise<string> {
  const query = new URLSearchParams(scopes.map((scope) => ['scope', scope]))
  const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization }
  const answer = await server.askAnonymously('GET', `/service/token?service=chartroom&${query}`, { headers })
  return (await answer.json()).token
}

const asBearer = (bearer: string, method: string, path: string, body?: string) =>
  server.askAnonymously(method, path, { body, headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': IMAGE } })

describe('the token service', () => {
  test('docker: merges several scopes of one repository, for a GET with Basic', async () => {
    const query = 'scope=repository:team/a:pull&scope=repository:team/a:push%20repository:team/b:pull&account=admin'
    const answer = await server.askAsHelm('GET', `/service/token?service=chartroom&offline_token=true&${query}`)
    const body = await answer.json()
    expect(body).toEqual({
      token: expect.any(String),
      access_token: body.token,
      expires_in: 300,
      issued_at: server.registry.now(),
      scope: 'repository:team/a:pull,push repository:team/b:pull',
    })
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  test('helm 3.2 to 3.17 (containerd): accepts POST of a form with the password', async () => {
    const body = new URLSearchParams({
      grant_type: 'password',
      client_id: 'containerd-client',
      service: 'chartroom',
      username: 'admin',
      password: 'correct horse battery',
      scope: 'repository:team/nginx:pull repository:team/nginx:pull,push',
    }).toString()
    const answer = await server.askAnonymously('POST', '/service/token', { body })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ scope: 'repository:team/nginx:pull,push' })
    const wrong = await server.askAnonymously('POST', '/service/token', { body: body.replace('battery', 'staple') })
    expect(await ociRefusal(wrong)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
  })

  test('rejects a refresh token, so that clients fall back to GET', async () => {
    const answer = await server.askAnonymously('POST', '/service/token', { body: 'grant_type=refresh_token' })
    expect(answer.status).toBe(400)
  })

  test('issues anonymous tokens only for pulls from public namespaces', async () => {
    const scope = 'scope=repository:open/nginx:pull,push&scope=repository:team/nginx:pull'
    const answer = await server.askAnonymously('GET', `/service/token?${scope}`)
    expect(await answer.json()).toMatchObject({ scope: 'repository:open/nginx:pull' })
    const bearer = await token(['repository:open/nginx:pull'])
    expect((await asBearer(bearer, 'GET', '/v2/open/nginx/manifests/1.0.0')).status).toBe(200)
    const more = await asBearer(bearer, 'GET', '/v2/team/nginx/manifests/1.0.0')
    expect(more.status).toBe(401)
    expect(more.headers.get('www-authenticate')).not.toContain('error=')
    expect((await asBearer(bearer, 'GET', '/v2/')).status).toBe(401)
  })

  test('issues no token for a wrong password', async () => {
    const headers = { Authorization: basic('admin', 'wrong') }
    expect((await server.askAnonymously('GET', '/service/token', { headers })).status).toBe(401)
  })
})

describe('a token', () => {
  test('grants its scope; any other request returns 401 with insufficient_scope', async () => {
    const bearer = await token(['repository:team/nginx:pull'], basic())
    expect((await asBearer(bearer, 'GET', '/v2/')).status).toBe(200)
    expect((await asBearer(bearer, 'GET', '/v2/team/nginx/manifests/1.0.0')).status).toBe(200)
    expect((await asBearer(bearer, 'GET', '/v2/team/other/tags/list')).status).toBe(401)
    const push = await asBearer(bearer, 'POST', '/v2/team/nginx/blobs/uploads/')
    expect(push.status).toBe(401)
    expect(push.headers.get('www-authenticate')).toContain(
      'scope="repository:team/nginx:pull,push",error="insufficient_scope"',
    )
  })

  test('has the instance ID in its scope if the client sends it', async () => {
    const bearer = await token([`repository:${server.instance}/team/nginx:pull`], basic())
    expect((await asBearer(bearer, 'GET', `/v2/${server.instance}/team/nginx/tags/list`)).status).toBe(200)
  })

  test('returns 403 instead of another challenge if its caller has no grant', async () => {
    const bearer = await token(['repository:team/nginx:pull,push'], basic('guest', 'guest'))
    expect((await asBearer(bearer, 'GET', '/v2/team/nginx/tags/list')).status).toBe(403)
  })

  test('expires after five minutes', async () => {
    const bearer = await token(['repository:team/nginx:pull'], basic())
    server.pass(299_000)
    expect((await asBearer(bearer, 'GET', '/v2/team/nginx/tags/list')).status).toBe(200)
    server.pass(1000)
    const late = await asBearer(bearer, 'GET', '/v2/team/nginx/tags/list')
    expect(late.status).toBe(401)
    expect(late.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })

  test.each([
    ['the password changes', { credential_revision: 2 }],
    ['the account is disabled', { disabled: 1 as const }],
  ])('is revoked when %s', async (_, change) => {
    const bearer = await token(['repository:team/nginx:pull'], basic())
    await server.registry.database.write((transaction) =>
      transaction.updateTable('accounts').set(change).where('name', '=', 'admin').execute(),
    )
    expect((await asBearer(bearer, 'GET', '/v2/team/nginx/tags/list')).status).toBe(401)
  })

  test('returns 401 if modified or forged', async () => {
    const bearer = await token(['repository:team/nginx:pull'], basic())
    const [head = '', claims = '', signature = ''] = bearer.split('.')
    const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(claims, 'base64url').toString()), exp: 9e9 }))
    for (const wrong of [
      `${head}.${forged.toString('base64url')}.${signature}`,
      `${head}.${claims}.`,
      `${head}.${claims}`,
      'nonsense',
      '..',
    ]) {
      expect((await asBearer(wrong, 'GET', '/v2/team/nginx/tags/list')).status).toBe(401)
    }
  })

  test('is valid in other processes', async () => {
    const bearer = await token(['repository:team/nginx:pull'], basic())
    const other = { ...server.registry }
    const { callerOfBearer } = await import('../../registry/sign-in/bearer-tokens.ts')
    expect(await callerOfBearer(other, bearer)).toMatchObject({ caller: { name: 'admin' } })
  })
})

describe('mounting', () => {
  const mount = (from: string, digest: string) => `/v2/team/target/blobs/uploads/?mount=${digest}&from=${from}`

  test('requires read access to the source, for the token too', async () => {
    const { digest } = await oci.pushBlob('team/source', 'the bytes')
    const without = await token(['repository:team/target:pull,push'], basic())
    expect((await asBearer(without, 'POST', mount('team/source', digest))).status).toBe(202)
    expect((await asBearer(without, 'GET', `/v2/team/target/blobs/${digest}`)).status).toBe(404)
    const both = await token(['repository:team/target:pull,push', 'repository:team/source:pull'], basic())
    expect((await asBearer(both, 'POST', mount('team/source', digest))).status).toBe(201)
    expect((await asBearer(both, 'GET', `/v2/team/target/blobs/${digest}`)).status).toBe(200)
  })

  test('reveals nothing about other instances', async () => {
    const { digest } = await oci.pushBlob('team/source', 'the bytes')
    const answer = await server.askAsHelm('POST', mount(`ccr-00000000/team/source`, digest))
    expect(answer.status).toBe(202)
  })
})
