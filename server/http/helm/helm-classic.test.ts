import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeChart } from '../../../chart/testing/make-chart.ts'
import { createInstance } from '../../registry/instances/instances.ts'
import { createNamespace } from '../../registry/instances/namespaces.ts'
import { HELMS, type HelmClient, KEYRING, openHelmClient } from '../../testing/helm-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { MULTIPART, multipart, type Part } from '../testing/multipart.ts'
import { ADMINISTRATOR, basic } from '../testing/open-test-app.ts'
import { packageChart, writeChart } from './testing/packages.ts'

/** Real clients on the classic chart repository. */

vi.setConfig({ testTimeout: 120_000 })

let server: ListeningApp

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
})
afterEach(() => server.close())

const url = (namespace: string, instance = '') =>
  `http://localhost:${server.port}${instance && `/${instance}`}/chartrepo/${namespace}`
const credential = ['--username', ADMINISTRATOR.account, '--password', ADMINISTRATOR.password]

const addRepository = (helm: HelmClient, name: string, address = url(name)) =>
  helm.do('repo', 'add', name, address, ...credential)

/** Uploads like `curl --form`. */
async function upload(namespace: string, parts: readonly Part[], instance = ''): Promise<void> {
  const path = `/api${instance && `/${instance}`}/chartrepo/${namespace}/charts`
  const headers = { Authorization: basic(), 'Content-Type': MULTIPART }
  const { status, body } = await server.send('POST', path, { headers, body: [multipart(parts)] })
  expect([status, body.toString()]).toEqual([201, '{"saved":true}'])
}

describe.each(HELMS)('helm %s', (helmVersion) => {
  let helm: HelmClient
  beforeEach(async () => {
    helm = await openHelmClient(helmVersion)
  })
  afterEach(() => helm[Symbol.asyncDispose]())

  test('repo add, repo update, search repo, show chart, pull: by version, by range, without a version', async () => {
    const newest = await makeChart({ name: 'nginx', version: '1.2.0' })
    for (const version of ['1.0.0', '1.2.0', '2.0.0-rc.1']) await server.publish('team', { name: 'nginx', version })
    expect(await addRepository(helm, 'team')).toContain('"team" has been added to your repositories')
    expect(await helm.do('repo', 'update')).toContain('Successfully got an update from the "team" chart repository')
    expect(await helm.do('search', 'repo', 'team/')).toMatch(/team\/nginx\s+1\.2\.0/)
    const all = await helm.do('search', 'repo', 'team/nginx', '--versions', '--devel', '--output', 'json')
    expect(JSON.parse(all).map(({ version }: { version: string }) => version)).toEqual(['2.0.0-rc.1', '1.2.0', '1.0.0'])
    expect(await helm.do('show', 'chart', 'team/nginx', '--version', '1.0.0')).toContain('version: 1.0.0')

    await helm.do('pull', 'team/nginx')
    expect(newest.bytes).toEqual(new Uint8Array(await helm.file('nginx-1.2.0.tgz')))
    await helm.do('pull', 'team/nginx', '--version', '~1.0.0')
    await helm.do('pull', 'team/nginx', '--version', '2.0.0-rc.1')
    expect((await helm.file('nginx-1.0.0.tgz')).length).toBeGreaterThan(0)
    expect((await helm.file('nginx-2.0.0-rc.1.tgz')).length).toBeGreaterThan(0)
  })

  test('pull CHART --repo URL, and show chart of a file URL', async () => {
    const chart = await makeChart({ name: 'nginx', version: '1.0.0' })
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const output = await helm.do('show', 'chart', `${url('team')}/charts/nginx-1.0.0.tgz`, ...credential)
    expect(output).toContain('name: nginx')
    await helm.do('pull', 'nginx', '--repo', url('team'), ...credential)
    expect(new Uint8Array(await helm.file('nginx-1.0.0.tgz'))).toEqual(chart.bytes)
  })

  test('template, which renders without a cluster', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    await addRepository(helm, 'team')
    expect(await helm.do('template', 'web', 'team/nginx', '--version', '1.0.0')).toContain('name: web')
  })

  test('repo add with a wrong or missing password prints the reason and adds nothing', async () => {
    const wrong = await helm.run('repo', 'add', 'team', url('team'), '--username', 'admin', '--password', 'guess')
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('401 Unauthorized: The user name, the password'),
    ])
    const none = await helm.run('repo', 'add', 'team', url('team'))
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringContaining('401 Unauthorized: This requires a user name'),
    ])
    expect((await helm.run('repo', 'list')).code).toBe(1)
  })

  test('uses a public namespace without a password', async () => {
    await server.publish('open', { name: 'nginx', version: '1.0.0' })
    await helm.do('repo', 'add', 'open', url('open'))
    await helm.do('pull', 'open/nginx')
    expect((await helm.file('nginx-1.0.0.tgz')).length).toBeGreaterThan(0)
  })

  test('pull --verify and --prov of a package signed with package --sign', async () => {
    const { file, bytes } = await packageChart(helm, 'app', '1.2.3+build.7', { sign: true })
    const provenance = await helm.file(`${file}.prov`)
    await upload('team', [
      ['chart', bytes, 'app-1.2.3+build.7.tgz'],
      ['prov', provenance, 'app-1.2.3+build.7.tgz.prov'],
    ])
    await addRepository(helm, 'team')
    const output = await helm.do('pull', 'team/app', '--version', '1.2.3+build.7', '--verify', '--keyring', KEYRING)
    // Helm 3.2 prints nothing after verification.
    if (helmVersion !== '3.2') expect(output).toContain('Chart Hash Verified: sha256:')
    await helm.do('pull', 'team/app', '--version', '1.2.3+build.7', '--prov', '--destination', 'packages')
    expect(await helm.file('app-1.2.3+build.7.tgz')).toEqual(bytes)
    expect(await helm.file('packages', 'app-1.2.3+build.7.tgz.prov')).toEqual(provenance)
  })

  test('pull --verify of an unsigned chart fails and prints the URL of the .prov', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    await addRepository(helm, 'team')
    const { code, stderr } = await helm.run('pull', 'team/nginx', '--verify', '--keyring', KEYRING)
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/failed to fetch provenance ".*\/nginx-1\.0\.0\.tgz\.prov"/),
    ])
  })

  test('pull gets a replaced version, and prints why a deleted one cannot be pulled', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    await addRepository(helm, 'team')
    const { bytes } = await packageChart(helm, 'nginx', '1.0.0', { text: 'changed' })
    await upload('team', [['chart', bytes, 'nginx-1.0.0.tgz']])
    await helm.do('pull', 'team/nginx')
    expect(await helm.file('nginx-1.0.0.tgz')).toEqual(bytes)
    await server.askAsHelm('DELETE', '/api/chartrepo/team/charts/nginx/1.0.0')
    const { code, stderr } = await helm.run('pull', 'team/nginx')
    const reason = '404 Not Found: The file "nginx-1.0.0.tgz" was not found. The version may have been deleted.'
    expect([code, stderr]).toEqual([1, expect.stringContaining(reason)])
  })

  test('dependency update downloads dependencies', async () => {
    await server.publish('team', { name: 'nginx', version: '1.2.0' })
    await addRepository(helm, 'team')
    const wanted = ['', 'dependencies:', '  - name: nginx', '    version: 1.x.x', `    repository: ${url('team')}`]
    const chart = await writeChart(helm, 'site', '1.0.0', wanted.join('\n'))
    await helm.do('dependency', 'update', chart)
    expect((await helm.file(chart, 'charts', 'nginx-1.2.0.tgz')).length).toBeGreaterThan(0)
  })

  test('uses the charts of another instance by path', async () => {
    const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
    await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'team', public: false })
    const { bytes } = await packageChart(helm, 'nginx', '1.0.0')
    await upload('team', [['chart', bytes, 'nginx-1.0.0.tgz']], id)
    await addRepository(helm, 'second', url('team', id))
    await addRepository(helm, 'first', url('team'))
    expect(await helm.do('search', 'repo', '--output', 'json')).not.toContain('first/')
    await helm.do('pull', 'second/nginx')
    expect(await helm.file('nginx-1.0.0.tgz')).toEqual(bytes)
  })

  test('uses all namespaces as one repository', async () => {
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    await server.publish('open', { name: 'nginx', version: '2.0.0' })
    await addRepository(helm, 'all', `http://localhost:${server.port}/chartrepo`)
    expect(await helm.do('search', 'repo', 'all/', '--output', 'json')).toContain('all/team/nginx')
    await helm.do('pull', 'all/open/nginx')
    expect((await helm.file('nginx-2.0.0.tgz')).length).toBeGreaterThan(0)
  })
})
