import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { eventsAfter } from '../../testing/recorded.ts'
import { basic, openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const LIMIT = 3

let server: TestApp
let instances: () => Promise<Response>
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] })
  server = await openTestApp({ rateLimit: LIMIT })
  const ann = await server.member('ann', [{ instanceId: server.instance, namespace: null, role: 'guest' }])
  instances = () => ann('GET', '/v1/instances')
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
})

async function statuses(ask: () => Promise<Response>): Promise<number[]> {
  const answers: number[] = []
  for (let index = 0; index <= LIMIT; index++) answers.push((await ask()).status)
  return answers
}

test('a caller above the limit gets 429 with the time to wait, and other callers are not limited', async () => {
  expect(await statuses(instances)).toEqual([200, 200, 200, 429])
  const refused = await instances()
  expect(refused.headers.get('retry-after')).toBe('60')
  expect(await refusalOf(refused)).toMatchObject({ code: 'TooManyRequests', message: expect.stringContaining('60') })
  expect((await server.ask('GET', '/v1/instances')).status).toBe(200)
  await vi.advanceTimersByTimeAsync(60_000)
  expect((await instances()).status).toBe(200)
})

test('is recorded once in the audit log', async () => {
  await statuses(instances)
  await instances()
  const events = (await eventsAfter(server, '')).filter(({ reason }) => reason === 'rate-exceeded')
  expect(events).toMatchObject([{ action: 'request', actor: 'ann', outcome: 'denied', subject: 'GET /v1/instances' }])
})

test('the Helm APIs send the error in their own format', async () => {
  await server.namespace('team')
  const index = () => server.askAsHelm('GET', '/chartrepo/team/index.yaml')
  expect(await statuses(index)).toEqual([200, 200, 200, 429])
  expect(await (await index()).json()).toEqual({ error: expect.stringMatching(/^More than 3 requests/) })
  const tags = await server.askAsHelm('GET', '/v2/team/nginx/tags/list')
  expect([tags.status, (await tags.json()).errors[0].code]).toEqual([429, 'TOOMANYREQUESTS'])
})

test('anonymous requests and wrong credentials are counted by network', async () => {
  const guess = () => server.askAnonymously('GET', '/v2/', { headers: { Authorization: `Bearer ${'a'.repeat(40)}` } })
  expect(await statuses(guess)).toEqual([401, 401, 401, 429])
  expect((await server.askAnonymously('GET', '/console/settings')).status).toBe(429)
  expect((await server.askAnonymously('GET', '/v2/', { headers: { Authorization: basic() } })).status).toBe(200)
  expect((await server.askAnonymously('GET', '/healthz')).status).toBe(200)
})
