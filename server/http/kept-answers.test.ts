import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp, type WireAnswer } from './testing/listening-app.ts'
import type { TestAppOptions } from './testing/open-test-app.ts'

let server: ListeningApp
let path: string
/** What the app was asked for: what is answered again does not come to it. */
let asked: string[]

async function open(options?: TestAppOptions): Promise<void> {
  server = await openListeningApp(options)
  await server.namespace('team')
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  path = `/v1/instances/${server.instance}/projects/team/charts?pageNo=1&pageSize=10`
  asked = []
  const { fetch } = server.app
  server.app.fetch = (request, ...more) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`)
    return fetch(request, ...more)
  }
}

beforeEach(() => open())
afterEach(() => server.close())

const get = (headers: Record<string, string> = { cookie: server.cookie }) =>
  server.send('GET', path, { headers: { 'X-Requested-With': 'chartroom', ...headers } })

/** Whether it is the app that was asked. */
async function isAsked(ask: () => Promise<WireAnswer>): Promise<boolean> {
  asked = []
  await ask()
  return asked.length > 0
}

test('who asks again in the same words gets the same answer, with an ID of its own, and the app is not asked', async () => {
  const [first, again] = [await get(), await get()]
  expect(asked).toHaveLength(1)
  const { 'x-bce-request-id': firstId, date: _, ...headers } = first.headers
  const { 'x-bce-request-id': againId, date: __, ...headersAgain } = again.headers
  expect(headersAgain).toEqual(headers)
  expect(headersAgain).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-bce-gateway-region': 'BJ' })
  expect(againId).toMatch(/^[0-9a-f-]{36}$/)
  expect(againId).not.toBe(firstId)
  expect(again.body.equals(first.body)).toBe(true)
  expect(JSON.parse(again.body.toString())).toMatchObject({ total: 1, items: [{ name: 'nginx' }] })
})

test('a name in any letters is as long as it is', async () => {
  await server.publish('team', { name: 'redis', version: '1.0.0', metadata: { home: 'https://例え.test/ü/😀' } })
  const [first, again] = [await get(), await get()]
  expect(asked).toHaveLength(1)
  expect(JSON.parse(again.body.toString()).items[1]).toMatchObject({ home: 'https://例え.test/ü/😀' })
  expect(again.headers['content-length']).toBe(String(first.body.length))
})

test.each([
  ['by another door', () => server.publish('team', { name: 'redis', version: '1.0.0' }), 2],
  ['by the same one', () => server.ask('DELETE', `/v1/instances/${server.instance}/projects/team/charts/nginx`), 0],
])('what was written %s is in the next answer', async (_, write, total) => {
  await get()
  await write()
  expect(JSON.parse((await get()).body.toString())).toMatchObject({ total })
})

describe('the app is asked', () => {
  test.each<[what: string, ask: () => Promise<WireAnswer>]>([
    [
      'for another page',
      () => server.send('GET', path.replace('pageNo=1', 'pageNo=2'), { headers: { cookie: server.cookie } }),
    ],
    ['by HEAD', () => server.send('HEAD', path, { headers: { cookie: server.cookie } })],
    ['by those who say more of themselves', () => get({ cookie: server.cookie, authorization: 'Bearer of-something' })],
    ['by those who say it in other words', () => get({ cookie: `theme=dark; ${server.cookie}` })],
    ['by those who say nothing', () => get({})],
    ['by those who say very much', () => get({ cookie: `${server.cookie}; a=${'a'.repeat(1000)}` })],
  ])('%s', async (_, ask) => {
    await get()
    expect(await isAsked(get)).toBe(false)
    expect(await isAsked(ask)).toBe(true)
  })

  test('when the session is to be moved on, once a minute', async () => {
    await get()
    server.pass(60_000 - 1)
    expect(await isAsked(get)).toBe(false)
    server.pass(1)
    expect(await isAsked(get)).toBe(true)
    expect(await isAsked(get)).toBe(true) // That its end was moved on was written, which changes the state of all.
    expect(await isAsked(get)).toBe(false)
  })

  test('when so many others have asked since that it is not known who had the answer', async () => {
    await get()
    for (let other = 1; other <= 20; other++) await get({ cookie: `other=${other}; ${server.cookie}` })
    expect(await isAsked(() => get({ cookie: `other=20; ${server.cookie}` }))).toBe(false)
    expect(await isAsked(get)).toBe(true)
  })
})

test('a signature that cannot be read is refused, whoever is signed in beside it', async () => {
  await get()
  expect((await get({ cookie: server.cookie, authorization: 'bce-auth-v1/a' })).status).toBe(400)
})

describe('nobody is answered again', () => {
  const ANN = 'member-ann'
  let cookie: string
  beforeEach(async () => {
    await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
    const headers = { 'Content-Type': 'application/json', Origin: server.origin }
    const body = [Buffer.from(JSON.stringify({ account: 'ann', password: 'battery horse staple' }))]
    const signedIn = await server.send('POST', '/console/session', { headers, body })
    cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
    expect(await isAsked(() => get({ cookie }))).toBe(true)
    expect(await isAsked(() => get({ cookie }))).toBe(false)
  })

  test.each<[what: string, change: () => Promise<unknown>, status: number]>([
    [
      'who has signed out',
      () => server.send('DELETE', '/console/session', { headers: { cookie, Origin: server.origin } }),
      401,
    ],
    [
      'whose account was disabled',
      () => server.ask('PUT', `/console/accounts/${ANN}`, { body: { disabled: true } }),
      401,
    ],
    [
      'whose grant was taken away',
      () => server.registry.database.write((transaction) => transaction.deleteFrom('grants').execute()),
      404,
    ],
    ['whose session has ended', async () => server.pass(13 * 60 * 60 * 1000), 401],
  ])('%s', async (_, change, status) => {
    await change()
    expect((await get({ cookie })).status).toBe(status)
  })

  test('whose grant was taken away while they were answered', async () => {
    const { database } = server.registry
    const { state } = database
    await server.publish('team', { name: 'redis', version: '1.0.0' })
    let times = 0
    // Asked by what answers again, for the session, and for the answer.
    database.state = async () => {
      if (++times === 3) await database.write((transaction) => transaction.deleteFrom('grants').execute())
      return state()
    }
    expect((await get({ cookie })).status).toBe(200)
    expect(times).toBe(3)
    expect((await get({ cookie })).status).toBe(404)
  })

  test('for what others may read', async () => {
    await server.namespace('secret')
    const elsewhere = path.replace('/team/', '/secret/')
    const statuses = [server.cookie, cookie, server.cookie].map((theirs) =>
      server.send('GET', elsewhere, { headers: { cookie: theirs } }),
    )
    expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([200, 404, 200])
    expect((await server.send('GET', elsewhere, { headers: { cookie } })).status).toBe(404)
  })
})

test('what is answered again counts, and who asks too often is told so', async () => {
  await server.close()
  await open({ rateLimit: 3 })
  const statuses: number[] = []
  for (let turn = 0; turn < 4; turn++) statuses.push((await get()).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  expect(asked).toHaveLength(2)
  expect((await get()).headers['retry-after']).toMatch(/^\d+$/)
})
