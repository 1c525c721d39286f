import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordedBy } from '../../../testing/recorded.ts'
import { openTestApp, refusalOf, type TestApp } from '../../testing/open-test-app.ts'
import { type KeyPair, sign, type ToSign } from './testing/sign-request.ts'

const HOST = 'charts.example.org:8443'
const AT = '2026-11-20T08:00:00Z'

let server: TestApp
let pair: KeyPair
beforeEach(async () => {
  server = await openTestApp({ time: '2026-11-20T08:00:00.000Z' })
  pair = await makeKey()
  await server.namespace('team')
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
})
afterEach(() => server.close())

async function makeKey(ask: TestApp['ask'] = server.ask): Promise<KeyPair & { id: string }> {
  return (await ask('POST', '/console/account/access-keys', { body: { description: '' } })).json()
}

const charts = () => `/v1/instances/${server.instance}/projects/team/charts`

interface SignedRequest extends Partial<ToSign> {
  /** Path to send instead of the signed one. */
  readonly target?: string
  readonly more?: Record<string, string>
  readonly body?: unknown
  readonly by?: KeyPair
}

/** Sends a request signed by a client for tests, which shares no code with the verification. */
function ask({ target, more, body, by = pair, ...wanted }: SignedRequest = {}): Promise<Response> {
  const toSign: ToSign = { method: 'GET', path: charts(), headers: { host: HOST }, at: AT, ...wanted }
  const query = new URLSearchParams((toSign.query ?? []).map(([name, value]) => [name, value])).toString()
  const headers = { ...toSign.headers, ...more, Authorization: sign(by, toSign) }
  return server.askAnonymously(toSign.method, target ?? `${toSign.path}${query && `?${query}`}`, { headers, body })
}

const refusal = async (request: SignedRequest) => refusalOf(await ask(request))

test('a signed request has the permissions of its account', async () => {
  expect(await (await ask()).json()).toMatchObject({ total: 1 })
  const member = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
  const by = await makeKey(member)
  expect((await ask({ by })).status).toBe(200)
  expect(await refusal({ by, method: 'DELETE', path: `${charts()}/nginx` })).toMatchObject({ code: 'Unauthorized' })
  expect((await ask({ method: 'DELETE', path: `${charts()}/nginx` })).status).toBe(200)
})

test('a signature is accepted only by the management API', async () => {
  for (const path of ['/console/session', '/v2/', '/chartrepo/team/index.yaml', '/console/account/access-keys']) {
    expect((await ask({ path })).status, path).toBe(401)
  }
})

test('a signed request is exempt from the CSRF check: no page can sign one', async () => {
  const more = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' }
  expect((await ask({ method: 'DELETE', path: `${charts()}/nginx`, more })).status).toBe(200)
})

test('a signature takes precedence over a session', async () => {
  const wrong = { ...pair, secret: '0'.repeat(32) }
  expect(await refusal({ by: wrong, more: { cookie: server.cookie } })).toMatchObject({ code: 'IamSignatureInvalid' })
})

describe('rejects', () => {
  test.each<[string, () => SignedRequest, number, string]>([
    ['an unknown key', () => ({ by: { id: 'f'.repeat(32), secret: 'x' } }), 403, 'InvalidAccessKeyId'],
    ['another secret', () => ({ by: { ...pair, secret: '0'.repeat(32) } }), 403, 'IamSignatureInvalid'],
    ['another path', () => ({ target: `/v1/instances/${server.instance}/projects` }), 403, 'IamSignatureInvalid'],
    ['another query', () => ({ target: `${charts()}?pageNo=2` }), 403, 'IamSignatureInvalid'],
    ['an expired time', () => ({ at: '2026-11-20T07:29:59Z' }), 400, 'RequestExpired'],
    ['a time in the future', () => ({ at: '2026-11-20T08:15:01Z' }), 403, 'RequestTimeTooSkewed'],
    ['a validity of 0', () => ({ validity: 0 }), 400, 'InvalidHTTPAuthHeader'],
    ['headers without Host', () => ({ headers: { 'x-bce-date': AT } }), 400, 'InvalidHTTPAuthHeader'],
  ])('%s', async (_, request, status, code) => {
    expect(await refusal(request())).toMatchObject({ status, code })
  })

  test('temporary credentials, in a header or in the query', async () => {
    const token = { 'x-bce-security-token': 'token' }
    for (const request of [{ more: token }, { query: [['x-bce-security-token', 'token']] as const }]) {
      const { status, message } = await refusal(request)
      expect([status, message]).toEqual([403, expect.stringContaining('STS')])
    }
  })

  test('an authorization of another scheme, or none', async () => {
    const send = (headers: Record<string, string>) => server.askAnonymously('GET', charts(), { headers })
    for (const Authorization of ['bce-auth-v1/', 'bce-auth-v2/a/b/c/d/e', 'Bearer token', 'Basic YWRtaW46YWRtaW4=']) {
      expect(await refusalOf(await send({ Authorization })), Authorization).toMatchObject({
        status: 400,
        code: 'InvalidHTTPAuthHeader',
      })
    }
    expect(await refusalOf(await send({}))).toMatchObject({ status: 400, code: 'SignatureEmpty' })
  })

  test('a key that was disabled or deleted, or whose account was disabled', async () => {
    const path = (id: string) => `/console/account/access-keys/${id}`
    const other = await makeKey()
    expect((await ask({ by: other })).status).toBe(200)
    await server.ask('PUT', path(other.id), { body: { disabled: true } })
    expect(await refusal({ by: other })).toMatchObject({ status: 403, code: 'InvalidAccessKeyId' })
    await server.ask('PUT', path(other.id), { body: { disabled: false } })
    expect((await ask({ by: other })).status).toBe(200)
    await server.ask('DELETE', path(other.id))
    expect(await refusal({ by: other })).toMatchObject({ status: 403, code: 'InvalidAccessKeyId' })
    await server.registry.database.write((transaction) =>
      transaction.updateTable('accounts').set({ disabled: 1 }).execute(),
    )
    expect(await refusal({})).toMatchObject({ status: 403, code: 'InvalidAccessKeyId' })
  })
})

describe('audit events of rejected signatures', () => {
  const recorded = (request: SignedRequest) => recordedBy(server, () => ask(request))
  const by = { action: 'sign-in', outcome: 'denied', actor_kind: 'anonymous', protocol: 'management' }

  test('have the ID of a disabled key with a known secret, but not that of an unknown key', async () => {
    const other = await makeKey()
    await server.ask('PUT', `/console/account/access-keys/${other.id}`, { body: { disabled: true } })
    const about = { ...by, reason: 'access-key-disabled', subject: other.id }
    expect(await recorded({ by: other })).toMatchObject([about])
    const [unknown, ...more] = await recorded({ by: { ...pair, id: 'perhaps-a-secret' } })
    expect([unknown, more]).toMatchObject([{ ...by, reason: 'access-key-unknown' }, []])
    expect(JSON.stringify(unknown)).not.toContain('perhaps-a-secret')
  })

  test.each<[string, SignedRequest]>([
    ['signature-refused', { target: '/v1/instances' }],
    ['signature-expired', { at: '2026-11-20T07:00:00Z' }],
    ['signature-early', { at: '2026-11-20T09:00:00Z' }],
    ['session-token-refused', { more: { 'x-bce-security-token': 'token' } }],
  ])('%s', async (reason, request) => {
    expect(await recorded(request)).toMatchObject([{ ...by, reason }])
  })
})

describe('real clients', () => {
  const JSON_TYPE = 'application/json; charset=utf-8'

  test('the JavaScript client signs content-type, host and x-bce-date', async () => {
    expect((await ask({ headers: { 'content-type': JSON_TYPE, host: HOST, 'x-bce-date': AT } })).status).toBe(200)
  })

  test('the Go clients also sign content-md5, and send an unsigned x-bce-request-id', async () => {
    const headers = {
      'content-type': JSON_TYPE,
      host: HOST,
      'x-bce-date': AT,
      'content-md5': 'cmB0Azoj3EooV6YJoA30XQ==',
    }
    expect((await ask({ headers, more: { 'x-bce-request-id': 'b1b2' } })).status).toBe(200)
  })

  test('the Java client signs only host and sends no x-bce-date', async () => {
    expect((await ask({ more: { date: 'Fri, 20 Nov 2026 08:00:00 GMT' } })).status).toBe(200)
  })

  test('the Python client names no headers, which means those signed by default', async () => {
    const headers = { host: HOST, 'content-type': JSON_TYPE, 'x-bce-date': AT }
    expect((await ask({ headers, unnamed: true })).status).toBe(200)
    expect(await refusal({ headers, unnamed: true, more: { 'x-bce-other': 'unsigned' } })).toMatchObject({
      code: 'IamSignatureInvalid',
    })
  })

  test('the JavaScript client percent-encodes more of the query than necessary, in lower-case hex', async () => {
    const target = `${charts()}?chartName=%6e%67%69%6e%78&pageNo=%31`
    const query = [
      ['chartName', 'nginx'],
      ['pageNo', '1'],
    ] as const
    expect((await ask({ query, target })).status).toBe(200)
  })

  test('a path is signed as sent, or decoded and encoded again', async () => {
    const sent = `${charts()}/download/nginx%2D1.0.0.tgz`
    expect((await ask({ path: sent })).status).toBe(200)
    expect((await ask({ path: `${charts()}/download/nginx-1.0.0.tgz`, target: sent })).status).toBe(200)
  })

  test('the older Go client sends page 0 and size 0 for unset parameters, which means the defaults', async () => {
    const answer = await ask({
      query: [
        ['pageNo', '0'],
        ['pageSize', '0'],
      ],
    })
    expect(await answer.json()).toMatchObject({ pageNo: 1, pageSize: 10 })
  })

  test('the authorization may be in the query, for links', async () => {
    const path = `${charts()}/download/nginx-1.0.0.tgz`
    const text = sign(pair, { method: 'GET', path, headers: { host: HOST }, at: AT })
    const headers = { host: HOST }
    const target = `${path}?authorization=${encodeURIComponent(text)}`
    expect((await server.askAnonymously('GET', target, { headers })).status).toBe(200)
    const longer = `${target}&authorization=${encodeURIComponent(text)}`
    expect(await refusalOf(await server.askAnonymously('GET', longer, { headers }))).toMatchObject({ status: 400 })
  })
})
