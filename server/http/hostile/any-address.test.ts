import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { MEMBER_PASSWORD } from '../testing/open-test-app.ts'

/**
 * Raw request targets and `Host` lines over a socket. Only the target and the caller decide the response: any `Host`
 * either changes nothing, or the request is refused with 400.
 */

let server: ListeningApp
/** A session of an account that may read `mine` and not `secret`. */
let mallory: string

beforeAll(async () => {
  server = await openListeningApp()
  for (const namespace of ['mine', 'secret']) {
    await server.namespace(namespace)
    await server.publish(namespace, { name: `chart-of-${namespace}`, version: '1.0.0' })
  }
  await server.member('mallory', [{ instanceId: server.instance, namespace: 'mine', role: 'developer' }])
  const headers = { 'Content-Type': 'application/json', Origin: server.origin }
  const body = [Buffer.from(JSON.stringify({ account: 'mallory', password: MEMBER_PASSWORD }))]
  const answer = await server.send('POST', '/console/session', { headers, body })
  mallory = String(answer.headers['set-cookie']).split(';')[0] ?? ''
})
afterAll(() => server.close())

interface Answer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends the lines as they are, one byte for each character, and reads until the server closes the connection. */
function exchange(lines: readonly string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(server.port, '127.0.0.1')
    socket.setEncoding('latin1')
    socket.on('data', (text) => {
      received += text
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', ...rest] = received.split('\r\n\r\n')
      const body = rest.join('\r\n\r\n').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]), head, body })
    })
    socket.write([...lines, '', ''].join('\r\n'), 'latin1')
  })
}

const ask = (target: string, hosts: readonly string[], { cookie = mallory, version = '1.1' } = {}) =>
  exchange([
    `GET ${target} HTTP/${version}`,
    ...hosts.map((host) => `Host: ${host}`),
    `Cookie: ${cookie}`,
    'Connection: close',
  ])

const plain = () => `127.0.0.1:${server.port}`

const PATHS = [
  '/v1/instances/ID/projects/secret/charts?pageNo=1&pageSize=10',
  '/v1/instances/ID/projects/mine/charts?pageNo=1&pageSize=10',
  '/v1/instances/ID/projects/secret/charts/chart-of-secret/versions',
  '/v1/instances/ID/projects/mine/charts/chart-of-mine/versions?y=',
  '/v1/instances/ID',
  '/console/session?y=',
  '/console/accounts',
  '/healthz',
  '/chartrepo/secret/index.yaml',
  '/chartrepo/mine/charts/chart-of-mine-1.0.0.tgz',
  '/v2/secret/chart-of-secret/tags/list',
  '/v2/',
  '/',
]
const path = fc.constantFrom(...PATHS).map((text) => text.replace('ID', server.instance))
/** Characters that HTTP/1.1 allows in a line: visible ones, including those of Latin-1. */
const text = fc.string({
  maxLength: 12,
  unit: fc
    .integer({ min: 0x21, max: 0xff })
    .filter((c) => c < 0x7f || c > 0xa0)
    .map((c) => String.fromCharCode(c)),
})

const target = fc.oneof(
  path,
  fc
    .tuple(path, fc.constantFrom('/..', '/../..', '/%2e%2e/', '//', '%2F', '\\', '#', '?', '@', ':', ';'), path)
    .map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('/', '//', '/@', '/:'), text, path).map((parts) => parts.join('')),
  fc
    .tuple(
      fc.constantFrom('http://', 'https://', 'HTTP://', 'ftp://', '//', ''),
      fc.oneof(text, fc.constant('evil.example')),
      path,
    )
    .map((parts) => parts.join('')),
  fc.tuple(path, text).map((parts) => parts.join('')),
)

const name = fc.constantFrom(
  'evil.example',
  'localhost',
  '127.0.0.1',
  '[::1]',
  'xn--tda',
  '[0:0:0:0:0:0:0:1]',
  'A_b.example',
)
const port = fc.constantFrom('', ':80', ':8080', ':65535')
const goodHost = fc.tuple(name, port).map((parts) => parts.join(''))
/** Labels of one character that IDNA expands to seven: the host of the URL becomes as long as the whole header. */
const growingHost = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom('\xfc', '\xe9', '\xdf'), path)
  .map(([count, label, into]) => {
    const labels = Array.from({ length: count }, () => label).join('.')
    return `${labels}${into}`.padEnd(8 * count - 1, 'z')
  })
const badHost = fc.oneof(
  growingHost,
  fc
    .tuple(name, port, fc.constantFrom('/', '?', '#', '@', '\\', ',', '"', ' ', '%2f'), path)
    .map((parts) => parts.join('')),
  fc.tuple(text, fc.constantFrom('@', '/', '?'), name).map((parts) => parts.join('')),
  text.filter((candidate) => !/^[\w.:[\]-]*$/.test(candidate)),
)

describe('any Host', () => {
  test('valid hosts do not change the response to a target', async () => {
    await fc.assert(
      fc.asyncProperty(target, goodHost, async (asked, host) => {
        const [, authority, rest = ''] = /^https?:\/\/([^/?]*)(.*)$/i.exec(asked) ?? []
        const alone = authority === undefined ? asked : rest.startsWith('/') ? rest : `/${rest}`
        const [expected, answer] = await Promise.all([ask(alone, [plain()]), ask(asked, [host])])
        const elsewhere = authority !== undefined && authority.toLowerCase() !== host.toLowerCase()
        if (elsewhere) expect(answer.status).toBe(400)
        // An address that URL parsers normalize may be refused.
        else if (answer.status !== 400) expect([answer.status, answer.body]).toEqual([expected.status, expected.body])
        else expect([400, ...(host.includes('[0:') ? [expected.status] : [])]).toContain(expected.status)
      }),
      { numRuns: 300 },
    )
  })

  test('invalid hosts are refused, whatever the target', async () => {
    await fc.assert(
      fc.asyncProperty(target, badHost, async (asked, host) => {
        const answer = await ask(asked, [host])
        expect(answer.status).toBe(400)
        expect(answer.body).not.toContain('chart-of')
        expect(answer.head.toLowerCase()).toContain('connection: close')
      }),
      { numRuns: 300 },
    )
  })

  test('does not change the responses to other requests', async () => {
    const secret = PATHS[0]?.replace('ID', server.instance) ?? ''
    const mine = PATHS[1]?.replace('ID', server.instance) ?? ''
    for (const host of [`${Array(9).fill('\xfc').join('.')}${mine}`, 'evil.example', plain()]) await ask(secret, [host])
    const answer = await ask(secret, [plain()], { cookie: server.cookie })
    expect(answer.body).toContain('chart-of-secret')
    expect(answer.body).not.toContain('chart-of-mine')
    expect((await ask(secret, [plain()])).status).toBe(404)
  })
})

describe('Host lines', () => {
  test.each([
    ['two', ['127.0.0.1', 'evil.example']],
    ['two that are alike', ['127.0.0.1', '127.0.0.1']],
    ['an empty one', ['']],
    ['one with an empty port', ['127.0.0.1:']],
    ['none', []],
  ])('%s: 400', async (_, hosts) => {
    expect((await ask('/healthz', hosts)).status).toBe(400)
  })

  test('HTTP/1.0 requests without a Host are answered', async () => {
    expect(await ask('/healthz', [], { version: '1.0' })).toMatchObject({ status: 200, body: 'ok\n' })
    expect((await ask('/healthz', ['a/b'], { version: '1.0' })).status).toBe(400)
  })

  test('requests after a refused one on its connection are not read', async () => {
    const { head, body } = await exchange([
      'GET /healthz HTTP/1.1',
      'Host: a/b',
      '',
      'GET /healthz HTTP/1.1',
      'Host: a',
    ])
    expect(head).toMatch(/^HTTP\/1\.1 400 /)
    expect(body).not.toContain('HTTP/1.1')
  })
})

describe('a target in absolute form', () => {
  test.each(['http', 'https', 'HTTP'])(
    'is answered as its path is, where it names the host of the Host line: %s',
    async (scheme) => {
      for (const rest of ['/healthz', '/healthz?x=//y', '/v2/']) {
        const [expected, answer] = await Promise.all([
          ask(rest, [plain()]),
          ask(`${scheme}://${plain()}${rest}`, [plain()]),
        ])
        expect([answer.status, answer.body]).toEqual([expected.status, expected.body])
      }
      const [root, bare] = await Promise.all([ask('/', [plain()]), ask(`${scheme}://${plain()}`, [plain()])])
      expect([bare.status, bare.body]).toEqual([root.status, root.body])
    },
  )

  test.each(['evil.example', 'user@127.0.0.1', '', '127.0.0.1'])(
    'is refused where it names another: %s',
    async (authority) => {
      expect((await ask(`http://${authority}/healthz`, [plain()])).status).toBe(400)
      expect((await ask(`http://${authority}/healthz`, [], { version: '1.0' })).status).toBe(400)
    },
  )

  test.each(['*', 'healthz', 'ftp://127.0.0.1/healthz', '/healthz#x', '/a\\b'])('and %s are refused', async (odd) => {
    expect((await ask(odd, [plain()])).status).toBe(400)
  })
})

test('no request caused an internal error', () => {
  expect(server.logged).toEqual([])
})
