import { expect, test } from 'vitest'
import { openTestRegistry } from '../../testing/open-test-registry.ts'
import { eventsAfter } from '../../testing/recorded.ts'
import { pruneAuditLog } from './prune-audit-log.ts'
import { recordEvents } from './record-event.ts'

const DAY = 24 * 60 * 60 * 1000
const names = async (store: Parameters<typeof eventsAfter>[0]) =>
  (await eventsAfter(store, '')).flatMap(({ subject }) => (subject === 'old' || subject === 'new' ? subject : []))

test('deletes all events older than the retention, and only those', async () => {
  await using store = await openTestRegistry({ auditDays: 30 })
  const { registry, call } = store
  const record = (subject: string, times: number) => {
    const event = { action: 'instance.rename', subject } as const
    return registry.database.write((transaction) =>
      recordEvents(transaction, call, Array(times).fill(event), registry.now()),
    )
  }
  await record('old', 2500)
  store.pass(1)
  await record('new', 1)
  store.pass(30 * DAY)
  const before = (await names(store)).length
  expect(await pruneAuditLog(registry)).toBeGreaterThanOrEqual(2500)
  expect([before, await names(store)]).toEqual([2501, ['new']])
})

test('deletes nothing if the retention is unlimited', async () => {
  await using store = await openTestRegistry({ auditDays: 0 })
  const before = await eventsAfter(store, '')
  store.pass(10_000 * DAY)
  expect(await pruneAuditLog(store.registry)).toBe(0)
  expect(await eventsAfter(store, '')).toEqual(before)
})
