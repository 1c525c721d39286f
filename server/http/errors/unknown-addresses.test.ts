import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { HELMS, openHelmClient } from '../../testing/helm-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'

vi.setConfig({ testTimeout: 120_000 })

let folder: string
let server: ListeningApp

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-console-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>the console</title>')
  server = await openListeningApp({ consoleFolder: folder })
  await server.namespace('team', { public: true })
  await server.publish('team', { name: 'app', version: '1.0.0' })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const ADDRESSES = [
  '/team/app-1.0.0.tgz',
  '/team/app-1.0.0.tgz.prov',
  '/charts/app-1.0.0.tgz',
  '/index.yaml',
  '/team/index.yaml',
  '/charts/index.yaml',
  '/artifacthub-repo.yml',
  '/health',
  '/info',
  '/favicon.xyz',
  '/team',
  '/',
  '/index.html',
  '/ccr-aaaaaaaa/charts/x.tgz',
  '/ccr-aaaaaaaa/index.yaml',
  '/CHARTREPO/team/index.yaml',
  '/%2e%2e/index.yaml',
]
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']

describe('an unknown address returns 404 to programs, with the message in the status line', () => {
  test.each(METHODS)('%s', async (method) => {
    for (const path of ADDRESSES) {
      for (const accept of [undefined, '*/*', 'application/gzip,application/octet-stream']) {
        const answer = await server.send(method, path, { headers: accept === undefined ? {} : { Accept: accept } })
        expect([path, answer.status]).toEqual([path, 404])
        expect(answer.reason).toBe('Not Found: There is no chart repository here. It is at /chartrepo/NAMESPACE.')
        expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
        if (method !== 'HEAD') expect(answer.body.toString()).toContain('/chartrepo/NAMESPACE')
      }
    }
  })
})

describe('a browser', () => {
  const browse = (method: string, path: string) =>
    server.send(method, path, { headers: { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } })

  test.each(['GET', 'HEAD'])('gets the console at its addresses by %s', async (method) => {
    for (const path of ['/', '/instances', '/instances/ccr-00000000/namespaces/a.b/charts/c-1.0.0/versions', '/team']) {
      const answer = await browse(method, path)
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    }
  })

  test('gets 404 for files of charts, missing assets and every other method', async () => {
    for (const path of [
      '/team/app-1.0.0.tgz',
      '/team/app-1.0.0.tgz.prov',
      '/index.yaml',
      '/assets/gone.js',
      '/assets/',
    ]) {
      expect((await browse('GET', path)).status, path).toBe(404)
    }
    for (const method of METHODS.slice(2)) expect((await browse(method, '/instances')).status, method).toBe(404)
  })
})

test.each(HELMS)('helm %s fails at a wrong address and prints where repositories are', async (age) => {
  await using helm = await openHelmClient(age)
  const pull = await helm.run('pull', `${server.origin}/team/app-1.0.0.tgz`)
  expect(pull.code).not.toBe(0)
  expect(pull.stderr).toContain('404')
  const add = await helm.run('repo', 'add', 'x', `${server.origin}/team`)
  expect(add.code).not.toBe(0)
  expect(add.stderr).toContain('It is at /chartrepo/NAMESPACE')
})
