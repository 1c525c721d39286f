import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'

let server: ListeningApp
let cookie: string
/** Everything that `ann`, a guest of `team`, reads through a session. */
let paths: string[]

beforeEach(async () => {
  server = await openListeningApp()
  for (const namespace of ['team', 'secret']) {
    await server.namespace(namespace)
    await server.publish(namespace, { name: 'nginx', version: '1.0.0' })
  }
  await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
  cookie = await signIn('ann', 'battery horse staple')
  const team = `/v1/instances/${server.instance}/projects/team`
  paths = [
    team,
    `${team}/charts?pageNo=1&pageSize=10`,
    `${team}/charts/nginx/versions?pageNo=1&pageSize=10`,
    `${team}/charts/download/nginx-1.0.0.tgz`,
    `/v1/instances/${server.instance}`,
  ]
})
afterEach(() => server.close())

async function signIn(account: string, password: string): Promise<string> {
  const headers = { 'Content-Type': 'application/json', Origin: server.origin }
  const body = [Buffer.from(JSON.stringify({ account, password }))]
  const answer = await server.send('POST', '/console/session', { headers, body })
  return String(answer.headers['set-cookie']).split(';')[0] ?? ''
}

const statusesOf = async (theirs: string) => {
  const answers = paths.map((path) => server.send('GET', path, { headers: { cookie: theirs } }))
  return (await Promise.all(answers)).map(({ status }) => status)
}
const all = (status: number) => paths.map(() => status)

describe('the next request after access ended is refused', () => {
  beforeEach(async () => {
    // Twice, because an earlier response must not be repeated from a cache.
    for (const theirs of [server.cookie, cookie, cookie]) expect(await statusesOf(theirs)).toEqual(all(200))
  })

  test.each<[what: string, end: () => Promise<unknown>, status: number]>([
    [
      'signed out',
      () => server.send('DELETE', '/console/session', { headers: { cookie, Origin: server.origin } }),
      400,
    ],
    ['account disabled', () => server.ask('PUT', '/console/accounts/member-ann', { body: { disabled: true } }), 400],
    ['grant removed', () => deleteGrants(), 404],
    ['session expired', async () => server.pass(13 * 60 * 60 * 1000), 400],
  ])('%s', async (_, end, status) => {
    await end()
    expect(await statusesOf(cookie)).toEqual(all(status))
  })

  test('grant removed while requests are running', async () => {
    const [during] = await Promise.all([Promise.all(paths.map(() => statusesOf(cookie))), deleteGrants()])
    for (const status of during.flat()) expect([200, 404]).toContain(status)
    expect(await statusesOf(cookie)).toEqual(all(404))
  })
})

test('a list that one account may read stays hidden from another, in either order of requests', async () => {
  const elsewhere = `/v1/instances/${server.instance}/projects/secret/charts?pageNo=1&pageSize=10`
  const ask = async (theirs: string) => (await server.send('GET', elsewhere, { headers: { cookie: theirs } })).status
  expect(await Promise.all([server.cookie, cookie, server.cookie].map(ask))).toEqual([200, 404, 200])
  expect(await ask(cookie)).toBe(404)
})

test('a published chart is in the next list, whichever API published it', async () => {
  const [, list = ''] = paths
  const total = async () => JSON.parse((await server.send('GET', list, { headers: { cookie } })).body.toString()).total
  expect(await total()).toBe(1)
  await server.publish('team', { name: 'redis', version: '1.0.0' })
  expect(await total()).toBe(2)
  await server.ask('DELETE', `/v1/instances/${server.instance}/projects/team/charts/nginx`)
  expect(await total()).toBe(1)
})

function deleteGrants(): Promise<unknown> {
  return server.registry.database.write((transaction) => transaction.deleteFrom('grants').execute())
}
