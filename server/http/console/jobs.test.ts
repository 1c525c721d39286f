import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Job, jobEndpoints } from '../../../contract/console/jobs.ts'
import { JOB_KINDS } from '../../../contract/domain/jobs.ts'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp

beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

async function jobs(): Promise<Job[]> {
  return jobEndpoints.list.response.parse(await (await server.ask('GET', '/console/jobs')).json()).items
}

test('lists all kinds, including those that never ran', async () => {
  expect(await jobs()).toEqual(
    JOB_KINDS.map((kind) => ({
      kind,
      state: 'waiting',
      progress: null,
      lastRun: null,
      nextRun: null,
      lastError: null,
      attempts: 0,
    })),
  )
})

test('runs a job now, and returns the times of its last and next run', async () => {
  expect((await server.ask('POST', '/console/jobs/audit-pruning/run')).status).toBe(200)
  await server.context.jobs.runDue()
  const now = Date.parse(server.registry.now())
  expect((await jobs()).find(({ kind }) => kind === 'audit-pruning')).toMatchObject({
    state: 'waiting',
    lastRun: new Date(now).toISOString(),
    nextRun: new Date(now + 60 * 60 * 1000).toISOString(),
  })
  const events = await (await server.ask('GET', '/console/audit?action=job.run')).json()
  expect(events.items).toMatchObject([{ actor: 'admin', subject: 'audit-pruning', outcome: 'done' }])
})

test('returns 400 for an unknown kind', async () => {
  expect((await server.ask('POST', '/console/jobs/nonsense/run')).status).toBe(400)
})

test('requires the administrator role in the registry', async () => {
  const grants = [{ role: 'administrator', instanceId: server.instance, namespace: null }] as const
  const member = await server.member('ina', grants)
  for (const [method, path] of [
    ['GET', '/console/jobs'],
    ['POST', '/console/jobs/audit-pruning/run'],
  ] as const) {
    expect((await refusalOf(await member(method, path))).status).toBe(403)
    expect((await server.askAnonymously(method, path)).status).toBe(401)
  }
})
