import { Readable } from 'node:stream'
import type { AuditEventRow } from '../../db/schema.ts'
import { type AuditFilters, findAuditEvents } from '../../registry/audit/audit-queries.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { attachment, sendStream } from '../transport/send-stream.ts'

/** Events that are read at once: each lot is a query of its own, and nothing is open while the client takes it. */
const AT_ONCE = 250

const COLUMNS = [
  'at',
  'outcome',
  'action',
  'reason',
  'actor_kind',
  'actor',
  'credential',
  'instance_id',
  'namespace',
  'chart',
  'version',
  'subject',
  'digest_before',
  'digest_after',
  'protocol',
  'client',
  'address',
  'request_id',
  'id',
] as const satisfies readonly (keyof AuditEventRow)[]

/**
 * All matching events as a file, newest first, with the names of the columns above them (RFC 4180). It begins with the
 * mark by which spreadsheets know that it is UTF-8.
 */
export function sendAuditCsv(c: HttpContext, context: Context, filters: AuditFilters): Response {
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', attachment(`chartroom-audit-${context.registry.now().slice(0, 10)}.csv`))
  c.header('Cache-Control', 'no-store')
  if (c.req.method === 'HEAD') return c.body(null)
  // Nothing is read ahead of what the client takes but the lot that comes next.
  const source = Readable.from(lots(context, filters), { objectMode: false, highWaterMark: 1 })
  return sendStream(c, context, source)
}

async function* lots(context: Context, filters: AuditFilters): AsyncGenerator<Buffer> {
  yield Buffer.from(`\u{feff}${line(COLUMNS)}`)
  for (let before: string | undefined, isLast = false; !isLast; ) {
    const rows: AuditEventRow[] = await findAuditEvents(context.registry.database.read, filters, {
      before,
      limit: AT_ONCE,
    })
    if (rows.length > 0) yield Buffer.from(rows.map((row) => line(COLUMNS.map((column) => row[column]))).join(''))
    before = rows.at(-1)?.id
    isLast = rows.length < AT_ONCE
  }
}

function line(cells: readonly (string | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** A spreadsheet would run what begins like a formula: an apostrophe says that it is text. */
function cell(value: string | null): string {
  const text = value ?? ''
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
