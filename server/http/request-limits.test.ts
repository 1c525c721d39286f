import { afterEach, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from './testing/listening-app.ts'
import { basic, refusalOf } from './testing/open-test-app.ts'

let server: ListeningApp
afterEach(() => server.close())

const open = async (rateLimit: number) => {
  server = await openListeningApp({ rateLimit, proxies: ['127.0.0.1'] })
  await server.namespace('team', { public: true })
}

const from = (address: string, headers: Record<string, string> = {}) => ({ 'X-Forwarded-For': address, ...headers })
const get = (path: string, headers: Record<string, string>) => fetch(`${server.origin}${path}`, { headers })

async function times(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const statuses: number[] = []
  for (let time = 0; time < count; time++) statuses.push((await ask()).status)
  return statuses
}

test('one caller more than the limit is refused, in the words of each door, and told when to come back', async () => {
  await open(2)
  const headers = from('203.0.113.1')
  expect(await times(3, () => get('/chartrepo/team/index.yaml', headers))).toEqual([200, 200, 429])

  const management = await get('/v1/instances', headers)
  expect(Number(management.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(management.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  expect(await refusalOf(management)).toMatchObject({ status: 429, code: 'TooManyRequests' })

  const message = expect.stringMatching(/^More than 2 requests within a minute\. Wait \d+ seconds/)
  const classic = await get('/chartrepo/team/index.yaml', headers)
  expect(classic.statusText).toMatch(/^Too Many Requests: More than 2 requests/)
  expect(await classic.json()).toEqual({ error: message })
  const oci = await get('/v2/', headers)
  expect([oci.status, await oci.json()]).toEqual([429, { errors: [{ code: 'TOOMANYREQUESTS', message }] }])
  expect((await get('/', headers)).status).toBe(429)
  expect(server.logged).toEqual([])
})

test('callers do not use up each other’s: neither those of one address, nor one of several', async () => {
  await open(3)
  const shared = '203.0.113.1'
  await server.member('ann', [])
  const admin = from(shared, { Authorization: basic() })
  const ann = from(shared, { Authorization: basic('ann', 'battery horse staple') })
  expect(await times(4, () => get('/v2/', admin))).toEqual([200, 200, 200, 429])
  // The refused ones were counted for nobody else.
  expect(await times(2, () => get('/v2/', ann))).toEqual([200, 200])
  // Who is known is known from everywhere.
  expect((await get('/v2/', from('203.0.113.2', { Authorization: basic() }))).status).toBe(429)
  expect(await times(4, () => get('/v2/', from(shared)))).toEqual([401, 401, 401, 429])
})

test('a credential that is wrong counts for the address, a /64 of IPv6 as one', async () => {
  await open(2)
  const wrong = (address: string) => get('/v2/', from(address, { Authorization: 'Bearer wrong' }))
  expect(await times(2, () => wrong('2001:db8::1'))).toEqual([401, 401])
  expect((await wrong('2001:db8::2')).status).toBe(429)
  expect((await wrong('2001:db8:0:1::2')).status).toBe(401)
})

test('who watches the process is not counted', async () => {
  await open(1)
  expect(await times(3, () => get('/healthz', from('203.0.113.1')))).toEqual([200, 200, 200])
})

test('without a limit there is none', async () => {
  await open(0)
  expect(await times(30, () => get('/v2/', from('203.0.113.1')))).toEqual(Array(30).fill(401))
})
