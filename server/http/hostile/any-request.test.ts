import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyRoute, parametersOf, pathWith } from '../testing/every-route.ts'
import { MULTIPART } from '../testing/multipart.ts'
import { basic, openTestApp, type TestApp } from '../testing/open-test-app.ts'

/** Malformed paths, queries, headers and JSON, to every route: none causes an internal error. */

let server: TestApp
let file: string
beforeAll(async () => {
  // Some paths lead to the console, which must exist: any folder with an `index.html`.
  server = await openTestApp({ consoleFolder: fileURLToPath(new URL('../../..', import.meta.url)) })
  await server.namespace('team')
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  file = `/v1/instances/${server.instance}/projects/team/charts/download/nginx-1.0.0.tgz`
})
afterAll(() => server.close())

/** A request on the wire, limited to what client libraries can send. */
async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Response | null> {
  let request: Request
  try {
    request = new Request(`http://localhost${path}`, { method, headers, body: body ?? null })
  } catch {
    return null
  }
  const answer = await server.app.fetch(request)
  expect(answer.status, `${method} ${path}`).toBeLessThan(500)
  // Garbage collection, which one of the routes starts, logs; only errors are unexpected.
  expect(server.logged.filter(({ level }) => Number(level) >= 50)).toEqual([])
  return answer
}

const word = fc.oneof(
  fc.constantFrom(
    ...[
      'team',
      'nginx',
      '1.0.0',
      'v1',
      'latest',
      '..',
      '%2e%2e',
      '%2F',
      '%00',
      '%',
      '%ff',
      '_catalog',
      'sha256:',
      '@',
      '~',
    ],
    ...[
      `sha256:${'0'.repeat(64)}`,
      `sha512:${'0'.repeat(128)}`,
      'ccr-00000000',
      '__proto__',
      'constructor',
      '数据',
      'A'.repeat(300),
    ],
  ),
  fc.string({ maxLength: 20, unit: 'binary' }).map(encodeURIComponentSafely),
)

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

const query = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        'pageNo',
        'pageSize',
        'orderBy',
        'n',
        'last',
        'digest',
        'from',
        'mount',
        'version',
        'artifactType',
        'scope',
        'actor',
        'since',
        'x',
      ),
      word,
    ),
    { maxLength: 3 },
  )
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'))

const json = fc.oneof(
  fc.json(),
  fc.constantFrom('{"__proto__": {}}', '['.repeat(100_000), '{"a":'.repeat(50_000), '1e999', '"\\ud800"', 'null', ''),
  fc.string({ unit: 'binary' }),
  fc
    .record(
      {
        name: fc.anything(),
        projectName: fc.anything(),
        items: fc.anything(),
        public: fc.anything(),
        type: fc.anything(),
      },
      { requiredKeys: [] },
    )
    .map((value) => safeJson(value)),
)

function safeJson(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'undefined'
}

test('any text in the path, query and body of any route causes no internal error', async () => {
  const routes = everyRoute(server.app)
  const values = (words: readonly string[]) => (route: string) =>
    Object.fromEntries(
      parametersOf(route).map((name, at) => [
        name,
        name === 'instanceId' ? server.instance : (words[at % words.length] ?? 'x'),
      ]),
    )
  const isSafe = ({ method, path }: (typeof routes)[number]) => !(path === '/console/session' && method === 'DELETE')
  const property = fc.asyncProperty(
    fc.constantFrom(...routes.filter(isSafe)),
    fc.array(word, { minLength: 1, maxLength: 4 }),
    query,
    json,
    fc.constantFrom('application/json', MULTIPART, 'application/x-www-form-urlencoded', ''),
    async ({ method, path }, words, asked, body, type) => {
      const headers = {
        Cookie: server.cookie,
        'X-Requested-With': 'chartroom',
        ...(type && { 'Content-Type': type }),
        ...(!/^\/(v1|console)\//.test(path) && { Authorization: basic() }),
      }
      const target = `${pathWith(path, values(words)(path))}?${asked}`
      await send(method, target, headers, method === 'GET' ? undefined : body)
    },
  )
  await fc.assert(property, { numRuns: 1000 })
})

test('any name of a repository, tag or digest in the OCI API causes no internal error', async () => {
  const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join('/'))
  const rest = fc.constantFrom('manifests', 'blobs', 'blobs/uploads', 'tags', 'referrers')
  const method = fc.constantFrom('GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE')
  const range = fc.oneof(
    fc.constantFrom('0-0', '5-2', '0-99999999999999999999', 'bytes 0-1/2', '-1', ''),
    fc.string({ maxLength: 10 }),
  )
  const property = fc.asyncProperty(
    method,
    name,
    rest,
    word,
    range,
    async (asked, repository, kind, reference, sent) => {
      const headers = { Authorization: basic(), ...(isHeader(sent) && { 'Content-Range': sent }) }
      await send(
        asked,
        `/v2/${repository}/${kind}/${reference}`,
        headers,
        ['GET', 'HEAD'].includes(asked) ? undefined : '{}',
      )
    },
  )
  await fc.assert(property, { numRuns: 500 })
})

test('any range returns the requested bytes, or all', async () => {
  const whole = Buffer.from(await (await server.ask('GET', file)).arrayBuffer())
  const bound = fc.oneof(fc.nat(whole.length * 2), fc.constantFrom('', '-1', '99999999999999999999', 'x'))
  const range = fc.oneof(
    fc.tuple(bound, bound).map(([first, last]) => `bytes=${first}-${last}`),
    fc.string({ maxLength: 20 }).filter(isHeader),
  )
  const property = fc.asyncProperty(range, async (wanted) => {
    const answer = await send('GET', file, { Cookie: server.cookie, Range: wanted })
    const bytes = Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))
    if (answer?.status === 206) {
      const [, first, last] = /^bytes (\d+)-(\d+)\//.exec(answer.headers.get('content-range') ?? '') ?? []
      expect(bytes.equals(whole.subarray(Number(first), Number(last) + 1))).toBe(true)
      expect(bytes.length).toBeGreaterThan(0)
    } else if (answer?.status === 200) expect(bytes.equals(whole)).toBe(true)
    else expect(answer?.status).toBe(416)
  })
  await fc.assert(property, { numRuns: 300 })
})

test('random credentials are refused', async () => {
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          'bce-auth-v1',
          '/',
          'host',
          ';',
          '2026-01-01T00:00:00Z',
          '1800',
          '0'.repeat(32),
          '0'.repeat(64),
          '%',
          '-1',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }).map((secret) => `Basic ${Buffer.from(secret).toString('base64')}`),
    fc.string({ maxLength: 80 }).map((secret) => `Bearer ${secret}`),
  )
  const where = fc.constantFrom(
    '/v1/instances',
    '/console/session',
    '/v2/',
    '/chartrepo/team/index.yaml',
    '/service/token',
  )
  const property = fc.asyncProperty(text.filter(isHeader), where, fc.boolean(), async (credential, path, isCookie) => {
    const headers: Record<string, string> = isCookie
      ? { Cookie: `chartroom_session=${credential}` }
      : { Authorization: credential }
    const answer = await send('GET', path, headers)
    const isOpen = path === '/service/token' && isCookie
    if (answer && !isOpen) expect([400, 401, 403, 429]).toContain(answer.status)
  })
  await fc.assert(property, { numRuns: 500 })
})

/** Values that a header can have; Node refuses all others. */
function isHeader(text: string): boolean {
  return text !== '' && /^[\t -~\x80-\xff]*$/.test(text)
}
