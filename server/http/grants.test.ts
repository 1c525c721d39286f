import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestApp, refusalOf, type TestApp } from './testing/open-test-app.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  for (const name of ['team', 'other']) {
    await server.namespace(name)
    await server.publish(name, { name: `${name}-chart`, version: '1.0.0' })
  }
})
afterEach(() => server.close())

const at = (path = '') => `/v1/instances/${server.instance}${path}`

test('lists contain and count only what a grant covers', async () => {
  const ask = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'guest' }])
  const second = await (await server.ask('POST', '/v1/instances', { body: { name: 'second', type: 'BASIC' } })).json()
  const { total, instances } = await (await ask('GET', '/v1/instances')).json()
  expect([total, instances[0].id]).toEqual([1, server.instance])
  expect(await refusalOf(await ask('GET', `/v1/instances/${second.instanceID}`))).toMatchObject({ code: 'NotFound' })
  expect(await (await ask('GET', at('/projects'))).json()).toMatchObject({
    total: 1,
    projects: [{ projectName: 'team' }],
  })
  const charts = await (await ask('GET', `/console/instances/${server.instance}/charts`)).json()
  expect(charts).toMatchObject({ total: 1, items: [{ namespace: 'team', name: 'team-chart' }] })
})

test('a member without grants sees no instance and gets 404', async () => {
  const ask = await server.member('ann', [])
  expect(await (await ask('GET', '/v1/instances')).json()).toMatchObject({ total: 0, instances: [] })
  for (const path of [at(), at('/projects'), at('/projects/team'), at('/projects/team/charts')]) {
    expect(await refusalOf(await ask('GET', path)), path).toMatchObject({ status: 404, code: 'NotFound' })
  }
})

test('a batch is executed or refused as a whole, by the rights in each namespace', async () => {
  const ask = await server.member('ann', [
    { instanceId: server.instance, namespace: 'team', role: 'maintainer' },
    { instanceId: server.instance, namespace: 'other', role: 'guest' },
  ])
  const items = [
    { namespace: 'team', name: 'team-chart' },
    { namespace: 'other', name: 'other-chart' },
  ]
  const path = `/console/instances/${server.instance}/charts`
  expect(await refusalOf(await ask('DELETE', path, { body: { items } }))).toMatchObject({ status: 401 })
  expect(await (await ask('GET', path)).json()).toMatchObject({ total: 2 })
  expect((await ask('DELETE', path, { body: { items: items.slice(0, 1) } })).status).toBe(200)
  expect((await ask('DELETE', at('/projects'), { body: { items: ['team'] } })).status).toBe(200)
  expect(await refusalOf(await ask('DELETE', at('/projects'), { body: { items: ['other'] } }))).toMatchObject({
    status: 401,
  })
})

test('a grant for one namespace does not allow creating another', async () => {
  const one = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'administrator' }])
  const all = await server.member('bob', [{ instanceId: server.instance, namespace: null, role: 'maintainer' }])
  const body = { projectName: 'third', public: 'false' }
  expect(await refusalOf(await one('POST', at('/projects'), { body }))).toMatchObject({ code: 'Unauthorized' })
  expect((await all('POST', at('/projects'), { body })).status).toBe(200)
})
