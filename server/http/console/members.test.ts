import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
/** A member without grants at first. */
let ann: TestApp['ask']
beforeEach(async () => {
  server = await openTestApp()
  for (const name of ['team', 'other']) await server.namespace(name)
  ann = await server.member('ann', [])
})
afterEach(() => server.close())

const path = () => `/console/instances/${server.instance}/members`
const give = (account: string, role: string, namespaces: string[] | null, ask = server.ask) =>
  ask('PUT', path(), { body: { account, role, namespaces } })
const take = (items: { account: string; namespace: string | null }[], ask = server.ask) =>
  ask('DELETE', path(), { body: { items } })
const members = async (query = '') => (await server.ask('GET', `${path()}${query}`)).json()
const projectsOfAnn = async () => {
  const { projects } = await (await ann('GET', `/v1/instances/${server.instance}/projects`)).json()
  return projects?.map(({ projectName }: { projectName: string }) => projectName)
}
const auditEvents = async () => {
  const { read } = server.registry.database
  const rows = await read
    .selectFrom('audit_events')
    .selectAll()

    .orderBy('id')
    .execute()
  return rows
    .filter(({ action }) => action.startsWith('grant.'))
    .map(({ action, subject, namespace }) => [action, subject, namespace].join(' '))
}

describe('a grant', () => {
  test('takes effect at once, is replaced by another, and can be revoked', async () => {
    expect(await projectsOfAnn()).toBeUndefined()
    expect((await give('ann', 'guest', ['team'])).status).toBe(200)
    expect(await projectsOfAnn()).toEqual(['team'])
    expect(await members()).toMatchObject({
      total: 1,
      items: [{ account: 'ann', disabled: false, grants: [{ namespace: 'team', role: 'guest', source: 'given' }] }],
    })
    await give('ann', 'maintainer', ['team', 'other'])
    expect((await members()).items[0].grants).toMatchObject([
      { namespace: 'other', role: 'maintainer' },
      { namespace: 'team', role: 'maintainer' },
    ])
    await take([
      { account: 'ann', namespace: 'team' },
      { account: 'ann', namespace: 'other' },
      { account: 'ann', namespace: 'never' },
    ])
    expect(await members()).toMatchObject({ total: 0, items: [] })
    expect(await projectsOfAnn()).toBeUndefined()
    expect(await auditEvents()).toEqual([
      'grant.give ann: guest team',
      'grant.give ann: maintainer team',
      'grant.give ann: maintainer other',
      'grant.take ann team',
      'grant.take ann other',
    ])
  })

  test('for all namespaces includes later ones', async () => {
    await give('ann', 'guest', null)
    await server.namespace('third')
    expect(await projectsOfAnn()).toEqual(['other', 'team', 'third'])
    expect((await members()).items[0].grants).toMatchObject([{ namespace: null }])
  })

  test('is deleted with its namespace: a later one of the same name does not inherit it', async () => {
    await give('ann', 'maintainer', ['team', 'other'])
    await server.ask('DELETE', `/v1/instances/${server.instance}/projects/team`)
    await server.namespace('team')
    expect(await projectsOfAnn()).toEqual(['other'])
  })

  test.each([
    [{ account: 'ann', role: 'owner', namespaces: null }, 400],
    [{ account: 'ann', role: 'guest', namespaces: [] }, 400],
    [{ account: 'ann', role: 'guest' }, 400],
    [{ account: 'ccr$robot', role: 'guest', namespaces: null }, 400],
    [{ account: 'missing', role: 'guest', namespaces: null }, 404],
    [{ account: 'ann', role: 'guest', namespaces: ['team', 'never'] }, 404],
  ])('%j returns %d and grants nothing', async (body, status) => {
    expect(await refusalOf(await server.ask('PUT', path(), { body }))).toMatchObject({ status })
    expect((await members()).total).toBe(0)
  })

  test('from the provider cannot be revoked, but one given beside it can', async () => {
    await server.registry.database.write((transaction) =>
      transaction
        .insertInto('grants')
        .values({
          holder_id: 'member-ann',
          instance_id: server.instance,
          namespace: 'team',
          source: 'oidc',
          role: 'guest',
          created_at: server.registry.now(),
        })
        .execute(),
    )
    expect(await refusalOf(await take([{ account: 'ann', namespace: 'team' }]))).toMatchObject({ status: 409 })
    await give('ann', 'maintainer', ['team'])
    expect((await take([{ account: 'ann', namespace: 'team' }])).status).toBe(200)
    expect((await members()).items[0].grants).toMatchObject([{ source: 'oidc', role: 'guest' }])
  })

  test('revoked without items returns 400', async () => {
    for (const body of [{}, { items: [] }]) {
      expect(await refusalOf(await server.ask('DELETE', path(), { body }))).toMatchObject({ status: 400 })
    }
  })
})

test('members are found by letters of their names, in pages', async () => {
  for (const name of ['bob', 'joanna']) await server.member(name, [])
  for (const name of ['joanna', 'bob', 'ann']) await give(name, 'guest', null)
  const names = ({ items }: { items: { account: string }[] }) => items.map(({ account }) => account)
  expect(names(await members('?pageSize=2'))).toEqual(['ann', 'bob'])
  const found = await members('?query=ann')
  expect([found.total, names(found)]).toEqual([2, ['ann', 'joanna']])
})

describe('managing members', () => {
  test('is allowed to administrators of the instance, and only there', async () => {
    await give('ann', 'administrator', null)
    await server.member('bob', [])
    expect((await give('bob', 'developer', ['team'], ann)).status).toBe(200)
    expect(await (await ann('GET', path())).json()).toMatchObject({ total: 2 })
    expect((await take([{ account: 'bob', namespace: 'team' }], ann)).status).toBe(200)
    const second = await (await server.ask('POST', '/v1/instances', { body: { name: 'second', type: 'BASIC' } })).json()
    const elsewhere = `/console/instances/${second.instanceID}/members`
    expect(await refusalOf(await ann('GET', elsewhere))).toMatchObject({ status: 404 })
  })

  test('is denied to administrators of a namespace and to maintainers', async () => {
    for (const [role, namespaces] of [
      ['administrator', ['team']],
      ['maintainer', null],
    ] as const) {
      await give('ann', role, namespaces && [...namespaces])
      for (const answer of [await ann('GET', path()), await give('ann', 'administrator', null, ann)]) {
        expect(await refusalOf(answer), role).toMatchObject({ status: 401, code: 'Unauthorized' })
      }
      expect(await refusalOf(await take([{ account: 'ann', namespace: null }], ann))).toMatchObject({ status: 401 })
    }
    expect((await server.askAnonymously('GET', path())).status).toBe(401)
  })

  test('comes with all permissions in the instance except custom domains', async () => {
    await give('ann', 'administrator', null)
    const at = `/v1/instances/${server.instance}`
    expect((await ann('PUT', at, { body: { name: 'renamed' } })).status).toBe(200)
    expect((await ann('POST', `${at}/projects`, { body: { projectName: 'third', public: 'false' } })).status).toBe(200)
    expect((await ann('DELETE', `${at}/projects/third`)).status).toBe(200)
    const domains = `/console/instances/${server.instance}/domains`
    expect((await ann('PUT', domains, { body: { domains: ['charts.example.org'] } })).status).toBe(403)
  })
})
