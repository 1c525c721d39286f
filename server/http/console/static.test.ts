import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HttpEnv } from '../http-env.ts'
import { mountStatic } from './static.ts'

/** Headers of a browser's navigation request. */
const PAGE = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

const app = new Hono<HttpEnv>()
let folder: string

beforeAll(async () => {
  const outside = await mkdtemp(join(tmpdir(), 'chartroom-static-'))
  folder = join(outside, 'dist')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(outside, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'index.html'), '<!doctype html>')
  await writeFile(join(folder, 'favicon.svg'), '<svg/>')
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'plain')
  await writeFile(join(folder, 'assets', 'main-abc.js.br'), 'brotli')
  await writeFile(join(folder, 'assets', 'main-abc.js.gz'), 'gzip')
  mountStatic(app, folder)
})
afterAll(() => rm(join(folder, '..'), { recursive: true }))

describe('the built console', () => {
  test.each([
    ['br, gzip', 'br', 'brotli'],
    ['gzip, deflate', 'gzip', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip', 'gzip'],
    ['identity', null, 'plain'],
    [undefined, null, 'plain'],
  ])('is served as compressed at build time, for Accept-Encoding: %s', async (header, encoding, body) => {
    const headers: Record<string, string> = header === undefined ? {} : { 'Accept-Encoding': header }
    const answer = await app.request('/assets/main-abc.js', { headers })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('vary')).toBe('Accept-Encoding')
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(await answer.text()).toBe(body)
  })

  test.each(['/', '/sign-in', '/instances/ccr-0123abcd/charts'])('serves index.html at %s, uncached', async (path) => {
    const answer = await app.request(path, { headers: PAGE })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Encoding')
    expect(await answer.text()).toBe('<!doctype html>')
  })

  test('returns 304 if the ETag matches', async () => {
    const etag = (await app.request('/', { headers: PAGE })).headers.get('etag') ?? ''
    const again = await app.request('/', { headers: { ...PAGE, 'If-None-Match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('answers HEAD without a body', async () => {
    const answer = await app.request('/favicon.svg', { method: 'HEAD' })
    expect(answer.headers.get('content-length')).toBe('6')
    expect(await answer.text()).toBe('')
  })

  test.each(['/missing.js', '/assets/old-123.css', '/', '/index.html', '/sign-in', '/team/index'])(
    'returns 404 at %s to clients that do not accept HTML',
    async (path) => {
      for (const accept of [undefined, '', '*/*', 'application/json', 'application/gzip,application/octet-stream']) {
        const headers: Record<string, string> = accept === undefined ? {} : { Accept: accept }
        expect((await app.request(path, { headers })).status, accept).toBe(404)
      }
    },
  )

  test.each(['/assets', '/assets/', '/assets/old-123.js', '/team/app-1.0.0.tgz', '/a.tgz.prov', '/index.YAML'])(
    'returns 404 at %s to all clients',
    async (path) => {
      expect((await app.request(path, { headers: PAGE })).status).toBe(404)
    },
  )

  test.each(['/charts/nginx/versions/1.0.0', '/namespaces/team.js/charts'])(
    'serves index.html at %s despite the dots',
    async (path) => {
      const answer = await app.request(path, { headers: PAGE })
      expect(await answer.text()).toBe('<!doctype html>')
    },
  )

  test.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%00.txt',
    '/%ff.txt',
  ])('serves no file outside its folder: %s', async (path) => {
    const answer = await app.request(path)
    expect(await answer.text()).not.toContain('secret')
    expect(answer.status).toBe(404)
  })

  test('explains how to build it if missing', async () => {
    const bare = new Hono<HttpEnv>()
    mountStatic(bare, join(folder, 'nowhere'))
    const answer = await bare.request('/', { headers: PAGE })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toMatch(/npm run build/)
  })
})
