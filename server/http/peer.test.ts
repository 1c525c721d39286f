import { afterEach, describe, expect, test } from 'vitest'
import { recordedBy } from '../testing/recorded.ts'
import { type KeyPair, sign } from './management/bce-auth/testing/sign-request.ts'
import { type ListeningApp, openListeningApp } from './testing/listening-app.ts'
import { ADMINISTRATOR } from './testing/open-test-app.ts'

let server: ListeningApp
afterEach(() => server.close())

const open = async (proxies: readonly string[]) => {
  server = await openListeningApp({ proxies })
}

const signIn = (headers: Record<string, string>) =>
  server.send('POST', '/console/session', { headers, body: [Buffer.from(JSON.stringify(ADMINISTRATOR))] })

/** Where somebody signs in from, as the record has it. */
async function addressOf(headers: Record<string, string>): Promise<string | undefined> {
  const [event] = await recordedBy(server, () => signIn(headers))
  return event?.address ?? undefined
}

describe('without a trusted proxy', () => {
  test('nothing that a request says of where it comes from is believed', async () => {
    await open([])
    const headers = {
      'X-Forwarded-For': '203.0.113.9',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Host': 'charts.example.org',
    }
    expect(await addressOf(headers)).toBe('127.0.0.1')
    expect((await signIn(headers)).lines('set-cookie')[0]).not.toMatch(/;\s*Secure/i)
    const { lines } = await server.send('GET', '/v2/', { headers })
    expect(lines('www-authenticate')[1]).toContain(`realm="${server.origin}/service/token"`)
    const stranger = { ...headers, Origin: 'https://charts.example.org', Cookie: server.cookie }
    expect((await server.send('DELETE', '/console/session', { headers: stranger })).status).toBe(403)
  })
})

describe('behind a trusted proxy', () => {
  test.each([
    ['the one it names', '203.0.113.9', '203.0.113.9'],
    ['with a port', '203.0.113.9:4711', '203.0.113.9'],
    ['of IPv6, with a port', '[2001:db8::1]:4711', '2001:db8::1'],
    [
      'the one that the last untrusted hop was seen at, whatever stands before it',
      '6.6.6.6, 203.0.113.9, 10.1.2.3',
      '203.0.113.9',
    ],
    ['the proxy, where it names none', '', '127.0.0.1'],
    ['the proxy, where what it names is none', 'unknown', '127.0.0.1'],
    ['the last proxy, where all are trusted', '10.0.0.7, 10.0.0.8', '10.0.0.7'],
  ])('the address is %s', async (_, forwarded, address) => {
    await open(['127.0.0.1', '10.0.0.0/8'])
    expect(await addressOf({ 'X-Forwarded-For': forwarded })).toBe(address)
  })

  test('the cookie is Secure where the browser came by TLS', async () => {
    await open(['127.0.0.0/8'])
    const cookie = async (proto: string) => (await signIn({ 'X-Forwarded-Proto': proto })).lines('set-cookie')[0]
    expect(await cookie('https')).toMatch(/; Secure/)
    expect(await cookie('http')).not.toMatch(/; Secure/)
    expect(await cookie('gopher')).not.toMatch(/; Secure/)
  })

  test('the host that the client asked for is the one that counts', async () => {
    await open(['127.0.0.1'])
    const forwarded = { 'X-Forwarded-Host': 'charts.example.org', 'X-Forwarded-Proto': 'https' }
    const { lines } = await server.send('GET', '/v2/', { headers: forwarded })
    expect(lines('www-authenticate')[1]).toContain('realm="https://charts.example.org/service/token"')
    const page = { ...forwarded, Origin: 'https://charts.example.org', Cookie: server.cookie }
    const other = { ...page, Origin: 'https://elsewhere.example' }
    expect((await server.send('DELETE', '/console/session', { headers: other })).status).toBe(403)
    expect((await server.send('DELETE', '/console/session', { headers: page })).status).toBe(200)
  })

  test('what is no host is not taken for one', async () => {
    await open(['127.0.0.1'])
    const { lines } = await server.send('GET', '/v2/', { headers: { 'X-Forwarded-Host': 'a"b/c' } })
    expect(lines('www-authenticate')[1]).toContain(`realm="${server.origin}/`)
  })

  test('a signature holds for the host that the client signed', async () => {
    await open(['127.0.0.1'])
    const made = await server.ask('POST', '/console/account/access-keys', { body: { description: '' } })
    const pair: KeyPair = await made.json()
    const toSign = { method: 'GET', path: '/v1/instances', headers: { host: 'charts.example.org' } }
    const at = server.registry.now().replace(/\.\d+/, '')
    const headers = { Authorization: sign(pair, { ...toSign, at }), 'X-Forwarded-Host': 'charts.example.org' }
    expect((await server.send('GET', '/v1/instances', { headers })).status).toBe(200)
    expect(
      (await server.send('GET', '/v1/instances', { headers: { Authorization: headers.Authorization } })).status,
    ).toBe(403)
  })
})
