import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type HelmClient, type HelmRun, openHelmClient } from '../../testing/helm-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import type { TestApp } from '../testing/open-test-app.ts'
import { packageChart } from './testing/packages.ts'

/** Real Helm clients with expiring passwords and disabled robots. `docs/access.md` quotes their output. */

vi.setConfig({ testTimeout: 120_000 })

const GUIDE = new URL('../../../docs/access.md', import.meta.url)
const FIXED = 'Correct1horse'
const HOUR = 3_600_000
const DAY = 24 * HOUR

let server: ListeningApp
let ann: TestApp['ask']
let helm: HelmClient
let host: string
let guide: string

beforeEach(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  await server.publish('team', { name: 'nginx', version: '1.0.0' })
  ann = await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'developer' }])
  host = `localhost:${server.port}`
  guide = await readFile(GUIDE, 'utf8')
})
afterEach(async () => {
  await helm[Symbol.asyncDispose]()
  await server.close()
})

async function open(version: string) {
  helm = await openHelmClient(version)
}
const login = (name: string, password: string) =>
  helm.run('registry', 'login', host, '--username', name, '--password', password)
const pull = () => helm.run('pull', `oci://${host}/team/nginx`, '--version', '1.0.0')
const addRepository = (name: string, password: string) =>
  helm.run('repo', 'add', 'team', `http://${host}/chartrepo/team`, '--username', name, '--password', password)

/** Expects that the guide quotes a line of the output verbatim, apart from the port. */
function expectQuoted({ output }: HelmRun, begins: string) {
  const line = output.split('\n').find((one) => one.trim().startsWith(begins)) ?? `${begins}: ${output}`
  expect(guide).toContain(line.trim().replaceAll(host, 'localhost:8080'))
}
function expectWorks(run: HelmRun, begins: string) {
  expect(run).toMatchObject({ code: 0 })
  expectQuoted(run, begins)
}
function expectRefused(run: HelmRun) {
  expect(run).toMatchObject({ code: 1 })
  expectQuoted(run, 'Error:')
}

const credential = () => `/v1/instances/${server.instance}/credential`
const fix = (password: string) => ann('PUT', credential(), { body: { password } })
const robots = () => `/v1/instances/${server.instance}/robots`
async function makeRobot(): Promise<{ id: number; name: string; secret: string }> {
  const access = [{ resource: 'repository', action: 'pull' }]
  const body = { name: 'ci', duration: 30, permissions: [{ kind: 'project', namespace: 'team', access }] }
  return (await server.ask('POST', robots(), { body })).json()
}
const disable = (id: number, disabled: boolean) =>
  server.ask('PUT', `${robots()}/${id}`, { body: { disable: disabled } })

describe('helm 3.10', () => {
  beforeEach(() => open('3.10'))

  test('with a fixed password, until it is replaced', async () => {
    await fix(FIXED)
    expectWorks(await login('ann', FIXED), 'Login')
    expectWorks(await pull(), 'Pulled:')
    const { file } = await packageChart(helm, 'app', '1.0.0')
    expect(await helm.do('push', file, `oci://${host}/team`)).toContain(`Pushed: ${host}/team/app:1.0.0`)
    expectWorks(await addRepository('ann', FIXED), '"team" has been added')

    await fix('Another1horse')
    expectRefused(await pull())
    expectRefused(await login('ann', FIXED))
    const update = await helm.run('repo', 'update')
    expectQuoted(update, '...Unable to get an update')
    expectQuoted(update, 'failed to fetch')
    // Waits out the rate limit after wrong passwords.
    server.pass(HOUR)
    expectWorks(await login('ann', 'Another1horse'), 'Login')
    expectWorks(await pull(), 'Pulled:')
  })

  test('with a temporary password, before and after it expires', async () => {
    const { password } = await (await ann('POST', credential(), { body: { duration: 2 } })).json()
    expectWorks(await login('ann', password), 'Login')
    server.pass(2 * HOUR - 1000)
    expectWorks(await pull(), 'Pulled:')
    server.pass(1000)
    expectRefused(await pull())
    expectRefused(await login('ann', password))
  })

  test('as a robot that may only pull: a push is rejected', async () => {
    const { name, secret } = await makeRobot()
    expectWorks(await login(name, secret), 'Login')
    expectWorks(await pull(), 'Pulled:')
    const { file } = await packageChart(helm, 'app', '1.0.0')
    expectRefused(await helm.run('push', file, `oci://${host}/team`))
  })

  test('as a robot that is disabled, then enabled', async () => {
    const { id, name, secret } = await makeRobot()
    await login(name, secret)
    await disable(id, true)
    expectRefused(await pull())
    expectRefused(await login(name, secret))
    expectRefused(await addRepository(name, secret))
    await disable(id, false)
    expectWorks(await pull(), 'Pulled:')
  })

  test('as a robot that has expired', async () => {
    const { name, secret } = await makeRobot()
    await login(name, secret)
    server.pass(30 * DAY)
    expectRefused(await pull())
  })

  test('as a robot with a rotated secret: only the new one works', async () => {
    const { id, name, secret } = await makeRobot()
    await login(name, secret)
    const rotated = await (await server.ask('PUT', `${robots()}/${id}/secret`, { body: {} })).json()
    expectRefused(await pull())
    server.pass(HOUR)
    expectWorks(await login(name, rotated.secret), 'Login')
    expectWorks(await pull(), 'Pulled:')
  })
})

describe.each(['3.2', '3.6'] as const)('helm %s', (age) => {
  beforeEach(() => open(age))

  test('as a robot, pulls until disabled, and cannot push', async () => {
    const { id, name, secret } = await makeRobot()
    expect((await login(name, secret)).output).toContain('Login succeeded')
    expectWorks(await addRepository(name, secret), '"team" has been added')
    await helm.do('pull', 'team/nginx')
    const { file } = await packageChart(helm, 'app', '1.0.0')
    await helm.do('chart', 'save', file, `${host}/team/app:1.0.0`)
    const push = await helm.run('chart', 'push', `${host}/team/app:1.0.0`)
    expect([push.code, push.output]).toEqual([1, expect.stringContaining('403 Forbidden: You have no permission')])

    await disable(id, true)
    const refused = expect.stringContaining('The robot account ccr$ci is disabled. Have it enabled')
    for (const run of [await login(name, secret), await helm.run('pull', 'team/nginx')]) {
      expect([run.code, run.output]).toEqual([1, refused])
    }
  })

  test('with a temporary password, before and after it expires', async () => {
    const { password } = await (await ann('POST', credential(), { body: { duration: 1 } })).json()
    expect((await login('ann', password)).output).toContain('Login succeeded')
    await addRepository('ann', password)
    await helm.do('pull', 'team/nginx')
    server.pass(HOUR)
    const refused = expect.stringContaining('The user name, the password or the token is wrong.')
    for (const run of [await login('ann', password), await helm.run('pull', 'team/nginx')]) {
      expect([run.code, run.output]).toEqual([1, refused])
    }
  })
})
