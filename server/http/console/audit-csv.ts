import { Readable } from 'node:stream'
import type { AuditEventRow } from '../../db/schema.ts'
import { type AuditFilters, findAuditEvents } from '../../registry/audit/audit-queries.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { attachment, sendStream } from '../transport/send-stream.ts'

/** Events per query. No cursor or transaction is open while the client reads. */
const BATCH_SIZE = 250

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
 * Sends all matching events as CSV, newest first, with a header row (RFC 4180). Begins with a byte order mark, by which
 * spreadsheets recognize UTF-8.
 */
export function sendAuditCsv(c: HttpContext, context: Context, filters: AuditFilters): Response {
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', attachment(`chartroom-audit-${context.registry.now().slice(0, 10)}.csv`))
  c.header('Cache-Control', 'no-store')
  if (c.req.method === 'HEAD') return c.body(null)
  // Reads at most one batch ahead of the client.
  const source = Readable.from(batches(context, filters), { objectMode: false, highWaterMark: 1 })
  return sendStream(c, context, source)
}

async function* batches(context: Context, filters: AuditFilters): AsyncGenerator<Buffer> {
  yield Buffer.from(`\u{feff}${line(COLUMNS)}`)
  for (let before: string | undefined, isLast = false; !isLast; ) {
    const rows: AuditEventRow[] = await findAuditEvents(context.registry.database.read, filters, {
      before,
      limit: BATCH_SIZE,
    })
    if (rows.length > 0) yield Buffer.from(rows.map((row) => line(COLUMNS.map((column) => row[column]))).join(''))
    before = rows.at(-1)?.id
    isLast = rows.length < BATCH_SIZE
  }
}

function line(cells: readonly (string | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** Quotes a cell. The apostrophe keeps spreadsheets from evaluating text that begins like a formula. */
function cell(value: string | null): string {
  const text = value ?? ''
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
