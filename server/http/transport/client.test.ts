import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventsAfter } from '../../testing/recorded.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { ADMINISTRATOR } from '../testing/open-test-app.ts'

let server: ListeningApp
beforeEach(async () => {
  server = await openListeningApp({ trustedProxies: ['127.0.0.0/8'] })
})
afterEach(() => server.close())

/** Signs in through the console with these headers. Returns the client in the response and in the audit log. */
async function signIn(to: ListeningApp, headers: Record<string, string>) {
  const answer = await to.send('POST', '/console/session', {
    headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin', ...headers },
    body: [Buffer.from(JSON.stringify(ADMINISTRATOR))],
  })
  const [cookie = ''] = answer.lines('set-cookie')
  const event = (await eventsAfter(to, '')).at(-1)
  return { status: answer.status, address: event?.address, secure: /;\s*Secure/i.test(cookie) }
}

test.each([
  ['nothing', {}, '127.0.0.1'],
  ['one address', { 'X-Forwarded-For': '192.0.2.7' }, '192.0.2.7'],
  ['what the client made up before it', { 'X-Forwarded-For': '198.51.100.1, 192.0.2.7' }, '192.0.2.7'],
  ['a proxy behind a proxy', { 'X-Forwarded-For': '192.0.2.7, 127.0.0.1' }, '192.0.2.7'],
  ['IPv6', { 'X-Forwarded-For': '2001:db8::7' }, '2001:db8::7'],
  ['no address', { 'X-Forwarded-For': '<script>' }, '127.0.0.1'],
])('of a trusted proxy that says %s, the client is the last that is no proxy', async (_, headers, address) => {
  expect(await signIn(server, headers)).toMatchObject({ status: 200, address })
})

test('the cookie is Secure if a trusted proxy ended TLS', async () => {
  expect(await signIn(server, {})).toMatchObject({ secure: false })
  expect(await signIn(server, { 'X-Forwarded-Proto': 'http' })).toMatchObject({ secure: false })
  expect(await signIn(server, { 'X-Forwarded-Proto': 'https' })).toMatchObject({ secure: true })
})

test('headers of untrusted proxies are ignored', async () => {
  await using alone = await openListeningApp()
  const headers = { 'X-Forwarded-For': '192.0.2.7', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'example.org' }
  expect(await signIn(alone, headers)).toEqual({ status: 200, address: '127.0.0.1', secure: false })
  const ping = await alone.send('GET', '/v2/', { headers })
  expect(ping.lines('www-authenticate').join()).toContain(`realm="http://127.0.0.1:${alone.port}/service/token"`)
})

test('the forwarded host selects the instance and is in the challenge', async () => {
  const made = await server.ask('POST', '/v1/instances', { body: { name: 'other', type: 'BASIC' } })
  const { instanceID } = await made.json()
  const domains = ['charts.example.org']
  await server.ask('PUT', `/console/instances/${instanceID}/domains`, { body: { domains } })
  const project = { projectName: 'open', public: 'true' }
  await server.ask('POST', `/v1/instances/${instanceID}/projects`, { body: project })
  const headers = { 'X-Forwarded-Host': 'charts.example.org', 'X-Forwarded-Proto': 'https' }
  expect((await server.send('GET', '/chartrepo/open/index.yaml', { headers })).status).toBe(200)
  expect((await server.send('GET', '/chartrepo/open/index.yaml')).status).toBe(401)
  const ping = await server.send('GET', '/v2/', { headers })
  expect(ping.lines('www-authenticate').join()).toContain('realm="https://charts.example.org/service/token"')
})

test.each(['evil.example"', 'a/b', 'a b', 'user@a', 'a:80:80', 'ü.example', '[::1', 'a/b, charts.example.org'])(
  'returns 400 for an X-Forwarded-Host that is not a host: %s',
  async (host) => {
    const headers = { 'X-Forwarded-Host': Buffer.from(host).toString('latin1') }
    const ping = await server.send('GET', '/v2/', { headers })
    expect(ping.status).toBe(400)
    expect(ping.body.toString()).toContain('X-Forwarded-Host')
    expect(ping.headers).toMatchObject({ 'x-bce-request-id': expect.any(String), 'x-content-type-options': 'nosniff' })
    await using untrusting = await openListeningApp()
    expect((await untrusting.send('GET', '/v2/', { headers })).status).toBe(401)
  },
)

test('a page of the forwarded host has the same origin', async () => {
  const headers = { Cookie: server.cookie, Origin: 'https://charts.example.org', 'Content-Type': 'application/json' }
  const project = (projectName: string) => [Buffer.from(JSON.stringify({ projectName }))]
  const path = `/v1/instances/${server.instance}/projects`
  const forwarded = { ...headers, 'X-Forwarded-Host': 'charts.example.org' }
  expect((await server.send('POST', path, { headers, body: project('one') })).status).toBe(403)
  expect((await server.send('POST', path, { headers: forwarded, body: project('two') })).status).toBe(200)
})
