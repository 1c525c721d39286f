import { afterEach, beforeEach, expect, test } from 'vitest'
import { recordEvents } from '../../registry/audit/record-event.ts'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const csv = (query = '') => server.ask('GET', `/console/instances/${server.instance}/audit.csv${query}`)

/** Records an event for each subject; the last one is the newest. */
async function record(subjects: readonly string[], userAgent = 'test'): Promise<void> {
  const events = subjects.map((subject) => ({ action: 'instance.rename', subject }) as const)
  await server.registry.database.write((transaction) =>
    recordEvents(transaction, { ...server.call, userAgent }, events, server.registry.now()),
  )
}

test('the file has all matching events, newest first, in UTF-8 with a byte order mark for spreadsheets', async () => {
  await record(['Ärzte', 'say "a, b"'], 'helm/3.10')
  const answer = await csv('?action=instance.rename')
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="chartroom-audit-2026-11-20\.csv"/)
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [head, first, second, ...rest] = bytes.subarray(3).toString().split('\r\n')
  expect(head).toMatch(
    /^at,outcome,action,reason,actor_kind,actor,credential,instance_id,namespace,chart,version,subject,/,
  )
  const at = server.registry.now()
  const before = `${at},done,instance.rename,,account,admin,session,${server.instance},,,,`
  expect(first).toMatch(
    new RegExp(`^${before}"say ""a, b""",,,management,helm/3\\.10,127\\.0\\.0\\.1,test,[0-9a-f]{32}$`),
  )
  expect(second).toContain(`${before}Ärzte,`)
  expect(rest).toEqual([''])
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://evil.example")'])(
  'escapes a formula: %s',
  async (subject) => {
    await record([subject], subject)
    const [, line = ''] = (await (await csv()).text()).split('\r\n')
    const cells = line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    expect(cells.filter((cell) => /^"?[=+\-@\t]/.test(cell))).toEqual([])
    expect(cells.filter((cell) => /^"?'[=+\-@]/.test(cell))).toHaveLength(2)
  },
)

test('streams: reads at most two batches ahead, and omits nothing', async () => {
  const many = 20_000
  await record(Array.from({ length: many }, (_, index) => `event ${index}`))
  const body = (await csv('?action=instance.rename')).body
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = (await reader?.read())?.value ?? ''
  while (text.split('\r\n').length < 1000) text += (await reader?.read())?.value ?? ''
  // A change now still appears in the file, because these rows have not been read yet.
  const changed = ['event 0', `event ${many - 10_000}`]
  await server.registry.database.write((transaction) =>
    transaction.updateTable('audit_events').set({ client: 'changed' }).where('subject', 'in', changed).execute(),
  )
  for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) text += chunk.value
  const lines = text.trimEnd().split('\r\n').slice(1)
  expect(lines.filter((line) => line.includes(',changed,')).map((line) => /event \d+/.exec(line)?.[0])).toEqual(
    changed.toReversed(),
  )
  expect(new Set(lines.map((line) => /event \d+/.exec(line)?.[0])).size).toBe(many)
})
