import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let path: string

beforeEach(async () => {
  server = await openTestApp()
  path = `/console/instances/${server.instance}/namespaces`
  await server.namespace('team')
  await server.namespace('fixed', { immutable: true })
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
})
afterEach(() => server.close())

const setImmutable = (immutable: unknown, namespace = 'team') =>
  server.ask('PUT', `${path}/${namespace}/policy`, { body: { immutable } })

describe('the policy of a namespace', () => {
  test('returns whether it is immutable', async () => {
    expect(await (await server.ask('GET', `${path}/team/policy`)).json()).toEqual({ immutable: false })
    expect(await (await server.ask('GET', `${path}/fixed/policy`)).json()).toEqual({ immutable: true })
  })

  test('can be changed in both directions, and takes effect at once', async () => {
    const changed = { name: 'nginx', version: '1.0.0', files: { 'values.yaml': 'replicas: 2\n' } }
    const answer = await setImmutable(true)
    expect([answer.status, await answer.json()]).toEqual([200, { immutable: true }])
    await expect(server.publish('team', changed)).rejects.toMatchObject({ code: 'version-immutable' })
    await setImmutable(false)
    expect((await server.publish('team', changed)).outcome).toBe('replaced')
  })

  test('does not affect other fields of the namespace', async () => {
    const project = `/v1/instances/${server.instance}/projects/team`
    await server.ask('PUT', project, { body: { public: 'true', autoScan: 'true' } })
    await setImmutable(true)
    expect(await (await server.ask('GET', project)).json()).toMatchObject({ public: 'true', autoScan: 'true' })
  })

  test.each([undefined, null, 'true', 1])('cannot be set to %s', async (immutable) => {
    expect(await refusalOf(await setImmutable(immutable))).toMatchObject({ status: 400, code: 'BadRequest' })
    expect(await (await server.ask('GET', `${path}/team/policy`)).json()).toEqual({ immutable: false })
  })

  test('returns 404 for an unknown namespace or instance', async () => {
    expect(await refusalOf(await setImmutable(true, 'missing'))).toMatchObject({ status: 404 })
    expect(await refusalOf(await server.ask('GET', `${path}/missing/policy`))).toMatchObject({ status: 404 })
    const elsewhere = `/console/instances/ccr-00000000/namespaces/team/policy`
    expect((await server.ask('PUT', elsewhere, { body: { immutable: true } })).status).toBe(404)
  })

  test('requires a session', async () => {
    expect((await server.askAnonymously('GET', `${path}/team/policy`)).status).toBe(401)
    const answer = await server.askAnonymously('PUT', `${path}/team/policy`, { body: { immutable: true } })
    expect(answer.status).toBe(401)
  })
})

describe('summaries', () => {
  test('are returned for existing namespaces, in the requested order', async () => {
    const answer = await server.ask('GET', `${path}/summaries?name=fixed&name=missing&name=team`)
    expect(await answer.json()).toEqual({
      items: [
        { name: 'fixed', immutable: true },
        { name: 'team', immutable: false },
      ],
    })
  })

  test('require 1 to 100 names', async () => {
    for (const query of ['', `?${'name=a&'.repeat(101)}`]) {
      expect((await server.ask('GET', `${path}/summaries${query}`)).status).toBe(400)
    }
  })

  test('require a session and an existing instance', async () => {
    expect((await server.askAnonymously('GET', `${path}/summaries?name=team`)).status).toBe(401)
    expect((await server.ask('GET', '/console/instances/ccr-00000000/namespaces/summaries?name=team')).status).toBe(404)
  })
})
