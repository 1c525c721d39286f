import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createInstance } from '../../registry/instances/instances.ts'
import { createNamespace } from '../../registry/instances/namespaces.ts'
import { insertAccount } from '../../testing/insert-account.ts'
import { basic, MEMBER_PASSWORD, openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { ociClient, ociRefusal } from './testing/oci-client.ts'

let server: TestApp
let second: string

beforeAll(async () => {
  server = await openTestApp()
  await server.namespace('team')
  await server.namespace('team-a')
  await server.namespace('open', { public: true })
  await server.namespace('empty')
  const oci = ociClient(server)
  for (const name of ['nginx', 'app']) await oci.pushChart('team', { name, version: '1.0.0' })
  await oci.pushChart('team', { name: 'web', version: '1.0.0' }, { repository: 'team/apps/web' })
  await oci.pushChart('team-a', { name: 'nginx', version: '1.0.0' })
  // Published through the management API, not over OCI.
  await server.publish('open', { name: 'web', version: '1.0.0' })
  await oci.pushBlob('empty/begun', 'no manifest')
  const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
  second = id
  await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'other', public: false })
  await oci.pushChart(`${id}/other`, { name: 'nginx', version: '1.0.0' })
  await server.member('ann', [{ instanceId: server.instance, namespace: 'team-a', role: 'guest' }])
  await insertAccount(server.registry, {
    id: 'no-grants',
    name: 'no-grants',
    role: 'member',
    password: MEMBER_PASSWORD,
  })
})
afterAll(() => server.close())

const ALL = ['open/web', 'team-a/nginx', 'team/app', 'team/apps/web', 'team/nginx']

async function list(path: string, authorization?: string): Promise<{ names: string[]; link: string | null }> {
  const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization }
  const answer = await server.askAnonymously('GET', path, { headers })
  expect(answer.status).toBe(200)
  return { names: (await answer.json()).repositories, link: answer.headers.get('link') }
}

async function bearer(scope: string, authorization?: string): Promise<string> {
  const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization }
  const answer = await server.askAnonymously('GET', `/service/token?scope=${encodeURIComponent(scope)}`, { headers })
  return `Bearer ${(await answer.json()).token}`
}

describe('lists the repositories that the caller may read', () => {
  test('an administrator: everything with a manifest, pushed through any API', async () => {
    expect(await list('/v2/_catalog', basic())).toEqual({ names: ALL, link: null })
  })

  test('a member: the namespaces of their grants and the public ones', async () => {
    expect((await list('/v2/_catalog', basic('ann', MEMBER_PASSWORD))).names).toEqual(['open/web', 'team-a/nginx'])
    expect((await list('/v2/_catalog', basic('no-grants', MEMBER_PASSWORD))).names).toEqual(['open/web'])
  })

  test('an anonymous token: the public ones', async () => {
    expect((await list('/v2/_catalog', await bearer('registry:catalog:*'))).names).toEqual(['open/web'])
  })

  test('returns 401 for a wrong password', async () => {
    const headers = { Authorization: basic('admin', 'wrong') }
    expect((await server.askAnonymously('GET', '/v2/_catalog', { headers })).status).toBe(401)
  })
})

describe('requires a token for the catalog', () => {
  const SCOPE = 'scope="registry:catalog:*"'

  test('oras sends its password only after a challenge', async () => {
    const answer = await server.askAnonymously('GET', '/v2/_catalog')
    expect(await ociRefusal(answer)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    expect(answer.headers.get('www-authenticate')).toContain(SCOPE)
    const ann = await bearer('registry:catalog:*', basic('ann', MEMBER_PASSWORD))
    expect((await list('/v2/_catalog', ann)).names).toEqual(['open/web', 'team-a/nginx'])
  })

  test('rejects a token for a repository; a token for the catalog grants no access to repositories', async () => {
    const pull = await bearer('repository:team/nginx:pull', basic())
    const refused = await server.askAnonymously('GET', '/v2/_catalog', { headers: { Authorization: pull } })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toContain(`${SCOPE},error="insufficient_scope"`)
    const headers = { Authorization: await bearer('registry:catalog:*', basic()) }
    expect((await server.askAnonymously('GET', '/v2/team/nginx/tags/list', { headers })).status).toBe(401)
  })

  test('accepts a token for both', async () => {
    const both = await bearer('registry:catalog:* repository:team/nginx:pull', basic())
    expect((await list('/v2/_catalog', both)).names).toEqual(ALL)
    const headers = { Authorization: both }
    expect((await server.askAnonymously('GET', '/v2/team/nginx/tags/list', { headers })).status).toBe(200)
  })
})

describe('pages', () => {
  test.each([1, 2, 3])('%i at a time, with relative links, across namespaces', async (n) => {
    const pages: string[][] = []
    for (let next: string | undefined = `/v2/_catalog?n=${n}`; next; ) {
      const { names, link } = await list(next, basic())
      pages.push(names)
      next = /^<(\/v2\/[^>]+)>; rel="next"$/.exec(link ?? '')?.[1]
    }
    expect(pages.flat()).toEqual(ALL)
    expect(pages.every((page) => page.length <= n)).toBe(true)
  })

  test.each([
    ['open', ALL],
    ['open/web', ALL.slice(1)],
    ['team', ALL.slice(1)],
    ['team-b', ['team/app', 'team/apps/web', 'team/nginx']],
    ['team/apps/', ['team/apps/web', 'team/nginx']],
    ['zzz', []],
  ])('begin after last=%s, whether it exists or not', async (last, expected) => {
    expect((await list(`/v2/_catalog?last=${last}`, basic())).names).toEqual(expected)
  })

  test('are empty for n=0; a negative n returns 400', async () => {
    expect(await list('/v2/_catalog?n=0', basic())).toEqual({ names: [], link: null })
    expect((await server.askAsHelm('GET', '/v2/_catalog?n=-1')).status).toBe(400)
  })
})

describe('catalog of one instance', () => {
  test('has the instance ID of the path in its names, as clients have to send it', async () => {
    expect(await list(`/v2/${second}/_catalog`, basic())).toEqual({ names: [`${second}/other/nginx`], link: null })
    const after = await list(`/v2/${second}/_catalog?last=${second}/other/nginx`, basic())
    expect(after.names).toEqual([])
    expect((await server.askAsHelm('GET', `/v2/${second}/other/nginx/tags/list`)).status).toBe(200)
  })

  test('has links to the same instance', async () => {
    const { names, link } = await list(`/v2/${server.instance}/_catalog?n=1`, basic())
    expect(names).toEqual([`${server.instance}/open/web`])
    const next = /^<([^>]+)>/.exec(link ?? '')?.[1] ?? ''
    expect((await list(next, basic())).names).toEqual([`${server.instance}/team-a/nginx`])
  })

  test('without public namespaces, returns 401 to an anonymous token and 403 to an account without grants', async () => {
    const headers = { Authorization: await bearer('registry:catalog:*') }
    expect((await server.askAnonymously('GET', `/v2/${second}/_catalog`, { headers })).status).toBe(401)
    const withoutGrants = { Authorization: basic('no-grants', MEMBER_PASSWORD) }
    expect((await server.askAnonymously('GET', `/v2/${second}/_catalog`, { headers: withoutGrants })).status).toBe(403)
  })

  test('for an unknown instance, returns 404 to administrators, otherwise the same as for one without access', async () => {
    expect((await server.askAsHelm('GET', '/v2/ccr-00000000/_catalog')).status).toBe(404)
    expect((await server.askAnonymously('GET', '/v2/ccr-00000000/_catalog')).status).toBe(401)
    const ann = { Authorization: basic('ann', MEMBER_PASSWORD) }
    expect((await server.askAnonymously('GET', '/v2/ccr-00000000/_catalog', { headers: ann })).status).toBe(403)
  })
})
