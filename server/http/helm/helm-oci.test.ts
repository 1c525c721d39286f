import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createInstance } from '../../registry/instances/instances.ts'
import { createNamespace } from '../../registry/instances/namespaces.ts'
import { type HelmClient, KEYRING, openHelmClient, PUSHING_HELMS } from '../../testing/helm-client.ts'
import { ociClient } from '../oci/testing/oci-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { ADMINISTRATOR } from '../testing/open-test-app.ts'
import { packageChart, writeChart } from './testing/packages.ts'

/** Real Helm clients since 3.8 on the OCI API. */

vi.setConfig({ testTimeout: 120_000 })

let server: ListeningApp
let helm: HelmClient
let host: string

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.namespace('open', { public: true })
  await server.namespace('fixed', { immutable: true })
  host = `localhost:${server.port}`
})
afterEach(async () => {
  await helm[Symbol.asyncDispose]()
  await server.close()
})

const login = (password: string = ADMINISTRATOR.password) =>
  helm.run('registry', 'login', host, '--username', ADMINISTRATOR.account, '--password', password)

/** Digest in the output, which is that of the manifest. */
const digestIn = (output: string) => /^Digest: (\S+)$/m.exec(output)?.[1]

/** Helm before 3.17: prints status lines and does not accept digests. */
const isOld = (version: string) => version === '3.10'

async function isTagged(repository: string, tag: string): Promise<string | null> {
  const answer = await server.askAsHelm('HEAD', `/v2/${repository}/manifests/${tag}`)
  return answer.headers.get('docker-content-digest')
}

describe.each(PUSHING_HELMS)('helm %s', (version) => {
  beforeEach(async () => {
    helm = await openHelmClient(version)
  })

  test('registry login with the wrong password, with the right one, and logout', async () => {
    const wrong = await login('guess')
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining('unauthorized: The user name, the password'),
    ])
    const { file } = await packageChart(helm, 'nginx', '1.0.0')
    const before = await helm.run('push', file, `oci://${host}/team`)
    // For HEAD, Helm 3.18 and later print only the status.
    const reason = isOld(version) ? '401 Unauthorized: This requires a user name' : 'status code 401'
    expect([before.code, before.stderr]).toEqual([1, expect.stringContaining(reason)])
    expect((await login()).output).toContain('Login Succeeded')
    await helm.do('push', file, `oci://${host}/team`)
    expect(await helm.do('registry', 'logout', host)).toContain(`Removing login credentials for ${host}`)
    expect((await helm.run('pull', `oci://${host}/team/nginx`, '--version', '1.0.0')).code).toBe(1)
  })

  test('push, twice; pull by tag, by range, without a version', async () => {
    await login()
    for (const version of ['1.0.0', '1.2.0', '2.0.0-rc.1']) {
      const { file } = await packageChart(helm, 'nginx', version)
      const output = await helm.do('push', file, `oci://${host}/team`)
      expect(output).toContain(`Pushed: ${host}/team/nginx:${version}`)
      expect(digestIn(output)).toBe(await isTagged('team/nginx', version))
      expect(await helm.do('push', file, `oci://${host}/team`)).toBe(output)
    }
    const pull = (...more: string[]) => helm.do('pull', `oci://${host}/team/nginx`, ...more)
    expect(await pull()).toContain(`Pulled: ${host}/team/nginx:1.2.0`)
    expect(await pull('--version', '~1.0.0')).toContain(`Pulled: ${host}/team/nginx:1.0.0`)
    expect(await pull('--version', '2.0.0-rc.1')).toContain(`Pulled: ${host}/team/nginx:2.0.0-rc.1`)
    for (const version of ['1.0.0', '1.2.0', '2.0.0-rc.1']) {
      const file = `nginx-${version}.tgz`
      expect(await helm.file(file)).toEqual(await helm.file('packages', file))
    }
    expect(await helm.do('show', 'chart', `oci://${host}/team/nginx`, '--version', '1.0.0')).toContain('version: 1.0.0')
    expect(await helm.do('template', 'web', `oci://${host}/team/nginx`, '--version', '1.0.0')).toContain('name: web')
  })

  test('a plus in the version becomes an underscore in the tag, and a plus again in a pulled file', async () => {
    await login()
    const { file, bytes } = await packageChart(helm, 'app', '1.2.3+build.7')
    expect(await helm.do('push', file, `oci://${host}/team`)).toContain(`Pushed: ${host}/team/app:1.2.3_build.7`)
    await helm.do('pull', `oci://${host}/team/app`, '--version', '1.2.3+build.7')
    expect(await helm.file('app-1.2.3+build.7.tgz')).toEqual(bytes)
    await helm.do('pull', `oci://${host}/team/app`, '--version', '^1.0.0', '--untar')
    expect((await helm.file('app', 'Chart.yaml')).toString()).toContain('version: 1.2.3+build.7')
  })

  test('pull --verify and --prov of a package signed with package --sign', async () => {
    await login()
    const { file } = await packageChart(helm, 'app', '1.0.0', { sign: true })
    await helm.do('push', file, `oci://${host}/team`)
    const pull = ['pull', `oci://${host}/team/app`, '--version', '1.0.0']
    expect(await helm.do(...pull, '--verify', '--keyring', KEYRING)).toContain('Chart Hash Verified: sha256:')
    await helm.do(...pull, '--prov', '--untar=false')
    expect(await helm.file('app-1.0.0.tgz.prov')).toEqual(await helm.file(`${file}.prov`))
  })

  test('pull --verify of a chart that was uploaded with its .prov to the ChartMuseum API', async () => {
    await login()
    const { file, bytes } = await packageChart(helm, 'app', '1.0.0', { sign: true })
    const form = new FormData()
    form.append('chart', new Blob([new Uint8Array(bytes)]), 'app-1.0.0.tgz')
    form.append('prov', new Blob([new Uint8Array(await helm.file(`${file}.prov`))]), 'app-1.0.0.tgz.prov')
    expect((await server.askAsHelm('POST', '/api/chartrepo/team/charts', { body: form })).status).toBe(201)
    const output = await helm.do('pull', `oci://${host}/team/app`, '--verify', '--keyring', KEYRING)
    expect(output).toContain('Chart Hash Verified: sha256:')
  })

  test('overwrites a version; the next pull gets the new one', async () => {
    await login()
    await helm.do('push', (await packageChart(helm, 'nginx', '1.0.0')).file, `oci://${host}/team`)
    const { file, bytes } = await packageChart(helm, 'nginx', '1.0.0', { text: 'changed' })
    await helm.do('push', file, `oci://${host}/team`)
    await helm.do('pull', `oci://${host}/team/nginx`)
    expect(await helm.file('nginx-1.0.0.tgz')).toEqual(bytes)
  })

  test('prints why an immutable namespace rejects a push', async () => {
    await login()
    const first = await packageChart(helm, 'nginx', '1.0.0')
    await helm.do('push', first.file, `oci://${host}/fixed`)
    await helm.do('push', first.file, `oci://${host}/fixed`)
    const { file } = await packageChart(helm, 'nginx', '1.0.0', { text: 'changed' })
    const { code, stderr } = await helm.run('push', file, `oci://${host}/fixed`)
    const reason =
      /403( Forbidden|: denied): Version 1\.0\.0 of chart ["“]nginx["”] exists, and the namespace ["“]fixed["”] is immutable/
    expect([code, stderr]).toEqual([1, expect.stringMatching(reason)])
    await helm.do('pull', `oci://${host}/fixed/nginx`)
    expect(await helm.file('nginx-1.0.0.tgz')).toEqual(first.bytes)
  })

  test('prints that a chart or a namespace does not exist', async () => {
    await login()
    const missing = await helm.run('pull', `oci://${host}/team/nginx`, '--version', '1.0.0')
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining(`${host}/team/nginx:1.0.0: not found`)])
    const { file } = await packageChart(helm, 'nginx', '1.0.0')
    const { code, stderr } = await helm.run('push', file, `oci://${host}/nowhere`)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/404( Not Found|: name unknown): .*nowhere/)])
  })

  test('pulls from a public namespace without a login', async () => {
    await server.publish('open', { name: 'nginx', version: '1.0.0' })
    await helm.do('pull', `oci://${host}/open/nginx`)
    expect((await helm.file('nginx-1.0.0.tgz')).length).toBeGreaterThan(0)
  })

  test('uses the charts of another instance by path', async () => {
    await login()
    const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
    await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'team', public: false })
    const { file, bytes } = await packageChart(helm, 'nginx', '1.0.0')
    await helm.do('push', file, `oci://${host}/${id}/team`)
    expect((await helm.run('pull', `oci://${host}/team/nginx`, '--version', '1.0.0')).code).toBe(1)
    await helm.do('pull', `oci://${host}/${id}/team/nginx`)
    expect(await helm.file('nginx-1.0.0.tgz')).toEqual(bytes)
  })

  test('finds charts in a deeper repository, which are not in the classic index', async () => {
    await login()
    const { file, bytes } = await packageChart(helm, 'app', '1.0.0')
    await helm.do('push', file, `oci://${host}/team/apps/web`)
    await helm.do('pull', `oci://${host}/team/apps/web/app`)
    expect(await helm.file('app-1.0.0.tgz')).toEqual(bytes)
    const index = await (await server.askAsHelm('GET', '/chartrepo/team/index.yaml')).json()
    expect(index.entries).toEqual({})
  })

  test('ignores a tag that is not a version: with --version, ranges and no version', async () => {
    await login()
    await ociClient(server).pushChart('team', { name: 'nginx', version: '1.0.0' }, { tag: 'stable' })
    const byTag = await helm.run('pull', `oci://${host}/team/nginx`, '--version', 'stable')
    expect([byTag.code, byTag.stderr]).toEqual([1, expect.stringMatching(/improper constraint: "?stable/)])
    expect(await helm.do('pull', `oci://${host}/team/nginx`)).toContain(`Pulled: ${host}/team/nginx:1.0.0`)
  })

  test('accepts a digest or a tag in the URL since 3.17', async () => {
    await login()
    const built = { name: 'nginx', version: '1.2.3+build.7' }
    const { digest } = await ociClient(server).pushChart('team', built, { tag: 'stable' })
    const byDigest = await helm.run('pull', `oci://${host}/team/nginx@${digest}`)
    if (isOld(version)) {
      expect([byDigest.code, byDigest.stderr]).toEqual([1, expect.stringContaining('invalid_reference')])
      return
    }
    expect([byDigest.code, byDigest.output]).toEqual([0, expect.stringContaining(`Digest: ${digest}`)])
    await ociClient(server).pushChart('team', { name: 'nginx', version: '1.0.0' })
    expect(await helm.do('pull', `oci://${host}/team/nginx:1.0.0`)).toContain(`Pulled: ${host}/team/nginx:1.0.0`)
    // Helm parses the tag as a version, which neither of these is.
    for (const tag of ['stable', '1.2.3_build.7']) {
      const { code, stderr } = await helm.run('pull', `oci://${host}/team/nginx:${tag}`)
      expect([code, stderr]).toEqual([1, expect.stringContaining('improper constraint')])
    }
    await helm.do('pull', `oci://${host}/team/nginx`, '--version', '1.2.3+build.7')
  })

  test('pulls versions that are not strict SemVer only by their exact name', async () => {
    await login()
    for (const version of ['1.2', 'v1.2.3', '1.02.3']) {
      const { file, bytes } = await packageChart(helm, 'nginx', version)
      await helm.do('push', file, `oci://${host}/team`)
      await helm.do('pull', `oci://${host}/team/nginx`, '--version', version)
      expect(await helm.file(`nginx-${version}.tgz`)).toEqual(bytes)
    }
    const { code, stderr } = await helm.run('pull', `oci://${host}/team/nginx`)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/unable to locate any tags/i)])
  })

  test('finds the newest version among more tags than fit on one page', async () => {
    await login()
    await ociClient(server).pushChart('team', { name: 'nginx', version: '1.0.0' })
    const { write } = server.registry.database
    await write(async (transaction) => {
      const { name: _, ...tag } = await transaction.selectFrom('tags').selectAll().executeTakeFirstOrThrow()
      for (let thousand = 0; thousand < 11; thousand++) {
        const tags = Array.from({ length: 1000 }, (_, at) => ({ ...tag, name: `0.${thousand}.${at}` }))
        await transaction.insertInto('tags').values(tags).execute()
      }
    })
    expect(await helm.do('pull', `oci://${host}/team/nginx`)).toContain(`Pulled: ${host}/team/nginx:1.0.0`)
    expect(await helm.do('pull', `oci://${host}/team/nginx`, '--version', '~0.9.0')).toContain('nginx:0.9.999')
  })

  test('dependency update and build download dependencies', async () => {
    await login()
    await helm.do('push', (await packageChart(helm, 'nginx', '1.2.0')).file, `oci://${host}/team`)
    const wanted = ['', 'dependencies:', '  - name: nginx', '    version: 1.x.x', `    repository: oci://${host}/team`]
    const chart = await writeChart(helm, 'site', '1.0.0', wanted.join('\n'))
    await helm.do('dependency', 'update', chart)
    await helm.do('dependency', 'build', chart)
    expect(await helm.file(chart, 'charts', 'nginx-1.2.0.tgz')).toEqual(await helm.file('packages', 'nginx-1.2.0.tgz'))
  })
})
