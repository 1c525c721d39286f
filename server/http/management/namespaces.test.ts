import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
let path: string

beforeEach(async () => {
  server = await openTestApp()
  path = `/v1/instances/${server.instance}/projects`
})
afterEach(() => server.close())

async function create(projectName: string, publicValue: unknown = 'false'): Promise<Response> {
  return server.ask('POST', path, { body: { projectName, public: publicValue } })
}

describe('a namespace', () => {
  test('is created, read, changed and deleted', async () => {
    const made = await create('team-a', 'true')
    expect(made.status).toBe(200)
    const project = await made.json()
    expect(project).toEqual({
      projectId: expect.any(Number),
      projectName: 'team-a',
      public: 'true',
      autoScan: 'false',
      chartCount: 0,
      repoCount: 0,
      creationTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updateTime: expect.stringMatching(/Z$/),
    })

    expect(await (await server.ask('GET', `${path}/team-a`)).json()).toEqual(project)

    const changed = await server.ask('PUT', `${path}/team-a`, { body: { public: 'false', autoScan: 'true' } })
    expect(await changed.json()).toMatchObject({ projectName: 'team-a', public: 'false', autoScan: 'true' })

    const deleted = await server.ask('DELETE', `${path}/team-a`)
    expect([deleted.status, await deleted.text()]).toEqual([200, ''])
    expect(deleted.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect((await server.ask('GET', `${path}/team-a`)).status).toBe(404)
  })

  test('returns 409 StatusConflict for a name that is taken', async () => {
    await create('team-a')
    expect(await refusalOf(await create('team-a'))).toMatchObject({ status: 409, code: 'StatusConflict' })
  })

  test.each(['Team', '-team', 'team.', '1234', 'ccr-0123abcd', 'a..b', ''])('cannot be named %j', async (name) => {
    expect(await refusalOf(await create(name))).toMatchObject({ status: 400, code: 'BadRequest' })
  })

  test('with charts is not deleted: 412 with their number', async () => {
    await server.namespace('team-a')
    await server.publish('team-a', { name: 'nginx', version: '1.0.0' })
    const refusal = await refusalOf(await server.ask('DELETE', `${path}/team-a`))
    expect(refusal).toMatchObject({ status: 412, code: 'PreconditionFailed' })
    expect(refusal.message).toMatch(/team-a.*1/)
    expect((await server.ask('DELETE', path, { body: { items: ['team-a'] } })).status).toBe(412)
  })

  test('returns 404 NotFound if unknown', async () => {
    for (const method of ['GET', 'DELETE']) {
      expect(await refusalOf(await server.ask(method, `${path}/missing`))).toMatchObject({
        status: 404,
        code: 'NotFound',
      })
    }
    const changed = await server.ask('PUT', `${path}/missing`, { body: { public: 'true' } })
    expect(changed.status).toBe(404)
  })

  test('of an unknown instance returns 404 NotFound', async () => {
    const elsewhere = '/v1/instances/ccr-00000000/projects'
    const answers = await Promise.all([
      server.ask('GET', elsewhere),
      server.ask('POST', elsewhere, { body: { projectName: 'team-a', public: 'false' } }),
      server.ask('DELETE', elsewhere, { body: { items: ['team-a'] } }),
      server.ask('GET', `${elsewhere}/team-a`),
      server.ask('PUT', `${elsewhere}/team-a`, { body: { public: 'true' } }),
      server.ask('DELETE', `${elsewhere}/team-a`),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
  })
})

describe('namespaces', () => {
  test('are listed by name in pages, under the key "projects"', async () => {
    for (const name of ['charlie', 'alpha', 'bravo']) await create(name)
    const list = await (await server.ask('GET', `${path}?pageNo=1&pageSize=2`)).json()
    expect(list).toMatchObject({ total: 3, pageNo: 1, pageSize: 2 })
    expect(names(list)).toEqual(['alpha', 'bravo'])
    expect(names(await (await server.ask('GET', `${path}?orderBy=created&order=desc`)).json())).toHaveLength(3)
  })

  test('are found by letters in order, best match first', async () => {
    for (const name of ['web-shop', 'shop', 'shopping', 'other']) await create(name)
    const found = await (await server.ask('GET', `${path}?projectName=shop`)).json()
    expect(names(found)).toEqual(['shop', 'shopping', 'web-shop'])
  })

  test('are deleted in a batch, which ignores those that do not exist', async () => {
    for (const name of ['alpha', 'bravo']) await create(name)
    expect((await server.ask('DELETE', path, { body: { items: ['alpha', 'bravo', 'gone'] } })).status).toBe(200)
    expect(await (await server.ask('GET', path)).json()).toMatchObject({ total: 0, projects: [] })
  })

  test('require authentication', async () => {
    const calls: [string, string, unknown][] = [
      ['GET', path, undefined],
      ['POST', path, { projectName: 'team-a', public: 'false' }],
      ['DELETE', path, { items: ['team-a'] }],
      ['GET', `${path}/team-a`, undefined],
      ['PUT', `${path}/team-a`, { public: 'true' }],
      ['DELETE', `${path}/team-a`, undefined],
    ]
    for (const [method, at, body] of calls) {
      const refusal = await refusalOf(await server.askAnonymously(method, at, { body }))
      expect(refusal, `${method} ${at}`).toMatchObject({ status: 400, code: 'SignatureEmpty' })
    }
  })
})

describe('real clients', () => {
  test('the Go SDKs send and expect booleans as strings; real booleans are accepted, too', async () => {
    expect(await (await create('strings', 'true')).json()).toMatchObject({ public: 'true' })
    expect(await (await create('booleans', true)).json()).toMatchObject({ public: 'true' })
    expect((await create('neither', 'yes')).status).toBe(400)
  })

  test('the older Go SDK omits `public`: the namespace is private', async () => {
    const made = await server.ask('POST', path, { body: { projectName: 'private' } })
    expect(await made.json()).toMatchObject({ public: 'false' })
  })

  test('the Java SDK sends batch deletions without a body: 400, and nothing is deleted', async () => {
    await create('team-a')
    for (const body of [undefined, '', '{}', '{"items":[]}', '{"items":null}', '[]', 'null']) {
      expect((await server.ask('DELETE', path, { body })).status, JSON.stringify(body)).toBe(400)
    }
    expect(await (await server.ask('GET', path)).json()).toMatchObject({ total: 1 })
  })
})

function names(list: { projects: { projectName: string }[] }): string[] {
  return list.projects.map(({ projectName }) => projectName)
}
