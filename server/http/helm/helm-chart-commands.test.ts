import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createInstance } from '../../registry/instances/instances.ts'
import { createNamespace } from '../../registry/instances/namespaces.ts'
import { type HelmClient, keptChart, openHelmClient } from '../../testing/helm-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { ADMINISTRATOR } from '../testing/open-test-app.ts'
import { packageChart, writeChart } from './testing/packages.ts'

/** Real clients before 3.7 on the OCI API: `helm chart`, then experimental, which has its own cache. */

vi.setConfig({ testTimeout: 120_000 })

let server: ListeningApp
let host: string

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
  await server.namespace('fixed', { immutable: true })
  host = `localhost:${server.port}`
})
afterEach(() => server.close())

describe.each(['3.2', '3.6'] as const)('helm %s', (age) => {
  let helm: HelmClient
  /** Another machine, with an empty cache. */
  let other: HelmClient
  beforeEach(async () => {
    helm = await openHelmClient(age)
    other = await openHelmClient(age)
  })
  afterEach(async () => {
    await helm[Symbol.asyncDispose]()
    await other[Symbol.asyncDispose]()
  })

  const login = (client = helm, password: string = ADMINISTRATOR.password) =>
    client.run('registry', 'login', host, '--username', ADMINISTRATOR.account, '--password', password)

  async function push(path: string, tag: string, text = ''): Promise<string> {
    const name = path.split('/').at(-1) ?? ''
    const reference = `${host}/${path}:${tag}`
    await helm.do('chart', 'save', await writeChart(helm, name, tag, text), reference)
    expect(await helm.do('chart', 'push', reference)).toMatch(/pushed to remote \(1 layer, \d+ B total\)/)
    return reference
  }

  test('registry login with the wrong password, with the right one, and logout', async () => {
    const wrong = await login(helm, 'guess')
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('unauthorized: The user name, the password'),
    ])
    const reference = `${host}/team/nginx:1.0.0`
    await helm.do('chart', 'save', await writeChart(helm, 'nginx', '1.0.0'), reference)
    expect((await helm.run('chart', 'push', reference)).code).toBe(1)
    expect((await login()).output).toContain('Login succeeded')
    await helm.do('chart', 'push', reference)
    expect(await helm.do('registry', 'logout', host)).toContain('Logout succeeded')
    expect((await helm.run('chart', 'push', reference)).code).toBe(1)
  })

  test('chart save, list, push, remove, pull, export', async () => {
    await login()
    await login(other)
    const reference = await push('team/nginx', '1.0.0')
    expect(await helm.do('chart', 'list')).toContain(reference)
    expect(await helm.do('chart', 'push', reference)).toContain('1.0.0: pushed to remote')

    expect(await other.do('chart', 'pull', reference)).toContain(`Status: Downloaded newer chart for ${reference}`)
    expect(await other.do('chart', 'pull', reference)).toContain(`Status: Chart is up to date for ${reference}`)
    expect(await keptChart(other, reference)).toEqual(await keptChart(helm, reference))
    await other.do('chart', 'export', reference, '--destination', 'exported')
    expect((await other.file('exported', 'nginx', 'Chart.yaml')).toString()).toContain('name: nginx')
    expect(await other.do('chart', 'remove', reference)).toContain('1.0.0: removed')
    expect(await other.do('chart', 'list')).not.toContain(reference)

    const download = await server.askAsHelm('GET', '/chartrepo/team/charts/nginx-1.0.0.tgz')
    expect(Buffer.from(await download.arrayBuffer())).toEqual(await keptChart(helm, reference))
  })

  test('sends the plus of a version unencoded', async () => {
    await login()
    await login(other)
    const reference = await push('team/app', '1.2.3+build.7')
    await other.do('chart', 'pull', reference)
    expect(await keptChart(other, reference)).toEqual(await keptChart(helm, reference))
    const tags = await (await server.askAsHelm('GET', '/v2/team/app/tags/list')).json()
    expect(tags).toEqual({ name: 'team/app', tags: ['1.2.3_build.7'] })
  })

  test('overwrites a version; the next pull gets the new one', async () => {
    await login()
    await login(other)
    const reference = await push('team/nginx', '1.0.0')
    await other.do('chart', 'pull', reference)
    await push('team/nginx', '1.0.0', 'changed')
    await other.do('chart', 'pull', reference)
    expect(await keptChart(other, reference)).toEqual(await keptChart(helm, reference))
    await other.do('chart', 'export', reference)
    expect((await other.file('nginx', 'Chart.yaml')).toString()).toContain('changed')
  })

  test('prints why an immutable namespace rejects a push', async () => {
    await login()
    const reference = await push('fixed/nginx', '1.0.0')
    await helm.do('chart', 'push', reference)
    await helm.do('chart', 'save', await writeChart(helm, 'nginx', '1.0.0', 'changed'), reference)
    const { code, stderr } = await helm.run('chart', 'push', reference)
    const reason = '403 Forbidden: Version 1.0.0 of chart "nginx" exists, and the namespace "fixed" is immutable'
    expect([code, stderr]).toEqual([1, expect.stringContaining(reason)])
  })

  test('publishes a version under its own tag, too, if the pushed tag differs', async () => {
    await login()
    await login(other)
    const stable = `${host}/team/nginx:stable`
    await helm.do('chart', 'save', await writeChart(helm, 'nginx', '1.0.0'), stable)
    await helm.do('chart', 'push', stable)
    for (const tag of ['stable', '1.0.0']) {
      await other.do('chart', 'pull', `${host}/team/nginx:${tag}`)
      expect(await keptChart(other, `${host}/team/nginx:${tag}`)).toEqual(await keptChart(helm, stable))
    }
  })

  test('pulls from a public namespace without a login', async () => {
    await login()
    const reference = await push('open/nginx', '1.0.0')
    await other.do('chart', 'pull', reference)
  })

  test('uses the charts of another instance by path', async () => {
    await login()
    await login(other)
    const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
    await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'team', public: false })
    const reference = await push(`${id}/team/nginx`, '1.0.0')
    await other.do('chart', 'pull', reference)
    expect(await keptChart(other, reference)).toEqual(await keptChart(helm, reference))
    expect((await other.run('chart', 'pull', `${host}/team/nginx:1.0.0`)).code).toBe(1)
  })

  test('cannot pull what Helm since 3.7 pushed', async () => {
    await login()
    const newer = await openHelmClient('3.10')
    await using _ = newer
    await login(newer)
    const { file } = await packageChart(newer, 'nginx', '1.0.0')
    await newer.do('push', file, `oci://${host}/team`)
    const { code, stderr } = await helm.run('chart', 'pull', `${host}/team/nginx:1.0.0`)
    const reason = 'manifest does not contain a layer with mediatype application/tar+gzip'
    expect([code, stderr]).toEqual([1, expect.stringContaining(reason)])
  })
})

test('helm 3.6 also pulls oci:// URLs, but requires --version', async () => {
  await using helm = await openHelmClient('3.6')
  await helm.do('registry', 'login', host, '--username', ADMINISTRATOR.account, '--password', ADMINISTRATOR.password)
  const reference = `${host}/team/app:1.2.3+build.7`
  await helm.do('chart', 'save', await writeChart(helm, 'app', '1.2.3+build.7'), reference)
  await helm.do('chart', 'push', reference)
  await helm.do('pull', `oci://${host}/team/app`, '--version', '1.2.3+build.7')
  expect(await helm.file('app-1.2.3+build.7.tgz')).toEqual(await keptChart(helm, reference))
  const { code, stderr } = await helm.run('pull', `oci://${host}/team/app`)
  expect([code, stderr]).toEqual([1, expect.stringContaining('--version flag is explicitly required')])
})
