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
  // By the console, not over OCI.
  await server.publish('open', { name: 'web', version: '1.0.0' })
  await oci.pushBlob('empty/begun', 'no manifest')
  const { id } = await createInstance(server.registry, server.call, { name: 'second', type: 'BASIC' })
  second = id
  await createNamespace(server.registry, { ...server.call, instance: id }, { name: 'other', public: false })
  await oci.pushChart(`${id}/other`, { name: 'nginx', version: '1.0.0' })
  await server.member('ann', [{ instanceId: server.instance, namespace: 'team-a', role: 'guest' }])
  await insertAccount(server.registry, { id: 'nobody', name: 'nobody', role: 'member', password: MEMBER_PASSWORD })
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

describe('lists what the caller may read', () => {
  test('everything with a manifest, whichever API it came by, to an administrator', async () => {
    expect(await list('/v2/_catalog', basic())).toEqual({ names: ALL, link: null })
  })

  test('the namespaces of their grants and the public ones to a member', async () => {
    expect((await list('/v2/_catalog', basic('ann', MEMBER_PASSWORD))).names).toEqual(['open/web', 'team-a/nginx'])
    expect((await list('/v2/_catalog', basic('nobody', MEMBER_PASSWORD))).names).toEqual(['open/web'])
  })

  test('the public ones to an anonymous token', async () => {
    expect((await list('/v2/_catalog', await bearer('registry:catalog:*'))).names).toEqual(['open/web'])
  })

  test('a wrong password gets nothing', async () => {
    const headers = { Authorization: basic('admin', 'wrong') }
    expect((await server.askAnonymously('GET', '/v2/_catalog', { headers })).status).toBe(401)
  })
})

describe('asks for a token that lists repositories', () => {
  const SCOPE = 'scope="registry:catalog:*"'

  test('oras sends the password that it has only when it is challenged', async () => {
    const answer = await server.askAnonymously('GET', '/v2/_catalog')
    expect(await ociRefusal(answer)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    expect(answer.headers.get('www-authenticate')).toContain(SCOPE)
    const ann = await bearer('registry:catalog:*', basic('ann', MEMBER_PASSWORD))
    expect((await list('/v2/_catalog', ann)).names).toEqual(['open/web', 'team-a/nginx'])
  })

  test('one for a repository does not, and the other opens no repository', async () => {
    const pull = await bearer('repository:team/nginx:pull', basic())
    const refused = await server.askAnonymously('GET', '/v2/_catalog', { headers: { Authorization: pull } })
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toContain(`${SCOPE},error="insufficient_scope"`)
    const headers = { Authorization: await bearer('registry:catalog:*', basic()) }
    expect((await server.askAnonymously('GET', '/v2/team/nginx/tags/list', { headers })).status).toBe(401)
  })

  test('both at once', async () => {
    const both = await bearer('registry:catalog:* repository:team/nginx:pull', basic())
    expect((await list('/v2/_catalog', both)).names).toEqual(ALL)
    const headers = { Authorization: both }
    expect((await server.askAnonymously('GET', '/v2/team/nginx/tags/list', { headers })).status).toBe(200)
  })
})

describe('page by page', () => {
  test.each([1, 2, 3])('%i at a time, by relative links, across namespaces', async (n) => {
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
  ])('after %s, whether it exists or not', async (last, expected) => {
    expect((await list(`/v2/_catalog?last=${last}`, basic())).names).toEqual(expected)
  })

  test('none at all, and a number that is none', async () => {
    expect(await list('/v2/_catalog?n=0', basic())).toEqual({ names: [], link: null })
    expect((await server.askAsHelm('GET', '/v2/_catalog?n=-1')).status).toBe(400)
  })
})

describe('of one instance', () => {
  test('by its ID in the path: names are as a client must write them', async () => {
    expect(await list(`/v2/${second}/_catalog`, basic())).toEqual({ names: [`${second}/other/nginx`], link: null })
    const after = await list(`/v2/${second}/_catalog?last=${second}/other/nginx`, basic())
    expect(after.names).toEqual([])
    expect((await server.askAsHelm('GET', `/v2/${second}/other/nginx/tags/list`)).status).toBe(200)
  })

  test('pages stay with it', async () => {
    const { names, link } = await list(`/v2/${server.instance}/_catalog?n=1`, basic())
    expect(names).toEqual([`${server.instance}/open/web`])
    const next = /^<([^>]+)>/.exec(link ?? '')?.[1] ?? ''
    expect((await list(next, basic())).names).toEqual([`${server.instance}/team-a/nginx`])
  })

  test('without anything public, an anonymous token and an account without a grant are refused', async () => {
    const headers = { Authorization: await bearer('registry:catalog:*') }
    expect((await server.askAnonymously('GET', `/v2/${second}/_catalog`, { headers })).status).toBe(401)
    const nobody = { Authorization: basic('nobody', MEMBER_PASSWORD) }
    expect((await server.askAnonymously('GET', `/v2/${second}/_catalog`, { headers: nobody })).status).toBe(403)
  })

  test('one that does not exist: 404 to those who may know, else as if it did', async () => {
    expect((await server.askAsHelm('GET', '/v2/ccr-00000000/_catalog')).status).toBe(404)
    expect((await server.askAnonymously('GET', '/v2/ccr-00000000/_catalog')).status).toBe(401)
    const ann = { Authorization: basic('ann', MEMBER_PASSWORD) }
    expect((await server.askAnonymously('GET', '/v2/ccr-00000000/_catalog', { headers: ann })).status).toBe(403)
  })
})
