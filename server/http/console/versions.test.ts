import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fromBuffer, type ZipFile } from 'yauzl'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { makeProvenance } from '../../../chart/testing/make-provenance.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let path: string

beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  path = `/console/instances/${server.instance}/namespaces/team/charts/nginx`
  const signed = { name: 'nginx', version: '1.0.0' }
  await server.publish('team', signed, makeProvenance(await makeChart(signed)))
  await server.publish('team', {
    name: 'nginx',
    version: '2.0.0-rc.1',
    metadata: {
      keywords: ['web'],
      kubeVersion: '>=1.20',
      maintainers: [{ name: 'Ann', email: 'ann@example.org' }],
      dependencies: [{ name: 'redis', version: '1.x', repository: 'https://example.org' }],
      annotations: { category: 'server' },
    },
  })
})
afterEach(() => server.close())

describe('summaries', () => {
  test('are returned for existing versions', async () => {
    const answer = await server.ask('GET', `${path}/summaries?version=1.0.0&version=2.0.0-rc.1&version=9.9.9`)
    expect(await answer.json()).toMatchObject({
      items: [
        { version: '1.0.0', signed: true, prerelease: false, pushedBy: 'admin', size: expect.any(Number) },
        { version: '2.0.0-rc.1', signed: false, prerelease: true },
      ],
    })
  })

  test('require 1 to 100 versions', async () => {
    expect((await server.ask('GET', `${path}/summaries`)).status).toBe(400)
    const many = Array.from({ length: 101 }, (_, index) => `version=1.0.${index}`).join('&')
    expect((await server.ask('GET', `${path}/summaries?${many}`)).status).toBe(400)
  })
})

describe('details', () => {
  test('have all of Chart.yaml', async () => {
    expect(await (await server.ask('GET', `${path}/versions/2.0.0-rc.1`)).json()).toMatchObject({
      name: 'nginx',
      version: '2.0.0-rc.1',
      keywords: ['web'],
      kubeVersion: '>=1.20',
      type: 'application',
      maintainers: [{ name: 'Ann', email: 'ann@example.org', url: '' }],
      dependencies: [{ name: 'redis', version: '1.x', repository: 'https://example.org', alias: '', condition: '' }],
      annotations: { category: 'server' },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  test('of "latest" are those of the highest stable version, or of a pre-release if there is none', async () => {
    expect(await (await server.ask('GET', `${path}/versions/latest`)).json()).toMatchObject({ version: '1.0.0' })
    for (const version of ['0.1.0-alpha', '0.1.0-beta']) await server.publish('team', { name: 'young', version })
    const young = await server.ask('GET', `${path.replace(/[^/]+$/, 'young')}/versions/latest`)
    expect(await young.json()).toMatchObject({ version: '0.1.0-beta' })
  })

  test('of an unknown version return 404', async () => {
    expect(await refusalOf(await server.ask('GET', `${path}/versions/9.9.9`))).toMatchObject({ status: 404 })
  })
})

describe('the zip', () => {
  test('holds archives, provenance files and checksums, with a correct Content-Length', async () => {
    const answer = await server.ask('GET', `${path}/zip?version=1.0.0&version=2.0.0-rc.1`)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(answer.headers.get('content-disposition')).toContain('filename="nginx-versions.zip"')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    const files = await unzip(bytes)
    expect(Object.keys(files).sort()).toEqual([
      'SHA256SUMS',
      'nginx-1.0.0.tgz',
      'nginx-1.0.0.tgz.prov',
      'nginx-2.0.0-rc.1.tgz',
    ])
    for (const line of files.SHA256SUMS?.toString().trim().split('\n') ?? []) {
      const [sum, name = ''] = line.split(/ [ *]/)
      expect(
        createHash('sha256')
          .update(files[name] ?? '')
          .digest('hex'),
      ).toBe(sum)
    }
  })

  test('of one version is a zip, too', async () => {
    const answer = await server.ask('GET', `${path}/zip?version=1.0.0`)
    expect(Object.keys(await unzip(Buffer.from(await answer.arrayBuffer())))).toContain('nginx-1.0.0.tgz')
  })

  test('has only headers for HEAD', async () => {
    const answer = await server.ask('HEAD', `${path}/zip?version=1.0.0`)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(0)
  })

  test('of an unknown version returns 404 with the version', async () => {
    const refusal = await refusalOf(await server.ask('GET', `${path}/zip?version=1.0.0&version=9.9.9`))
    expect(refusal).toMatchObject({ status: 404, code: 'NotFound' })
    expect(refusal.message).toContain('9.9.9')
  })

  test('without versions returns 400', async () => {
    expect((await server.ask('GET', `${path}/zip`)).status).toBe(400)
  })
})

test('all routes of a chart require a session', async () => {
  for (const at of ['/versions', '/summaries?version=1.0.0', '/versions/latest', '/zip?version=1.0.0']) {
    const answer = await server.askAnonymously('GET', path + at)
    expect(answer.headers.get('www-authenticate')).toBe('Session')
    expect(await refusalOf(answer)).toMatchObject({ status: 401, code: 'Unauthorized' })
  }
})

test('all routes of an unknown chart return 404', async () => {
  for (const at of ['/summaries?version=1.0.0', '/versions/latest', '/zip?version=1.0.0']) {
    expect((await server.ask('GET', path.replace('/nginx', '/apache') + at)).status).toBe(404)
    expect((await server.ask('GET', path.replace('/team/', '/missing/') + at)).status).toBe(404)
  }
})

async function unzip(bytes: Buffer): Promise<Record<string, Buffer>> {
  const open = promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)
  const zip = await open(bytes, { lazyEntries: true })
  const files: Record<string, Buffer> = {}
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          files[entry.fileName] = Buffer.concat(chunks)
          zip.readEntry()
        })
      })
    })
    zip.on('end', () => resolve(files))
    zip.on('error', reject)
    zip.readEntry()
  })
}
