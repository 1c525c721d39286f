import type { Kysely } from 'kysely'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Order, Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { NamespaceRow, Schema } from '../../db/schema.ts'
import { isReadable, type Readable } from '../core/readable.ts'

export interface NamespacesQuery extends PageRequest {
  readonly instanceId: string
  /** Names of the namespaces that the caller may list. */
  readonly readable: Readable
  readonly query?: string | undefined
  /** Undefined: by rank when searching, then by name. */
  readonly orderBy?: 'name' | 'created' | 'charts' | undefined
  readonly order?: Order | undefined
}

const COLUMNS = { name: 'name', created: 'created_at', charts: 'chart_count' } as const

/** Returns a page of the namespaces of an instance. Ties are sorted by name, in the same direction. */
export async function listNamespaces(db: Kysely<Schema>, request: NamespacesQuery): Promise<Page<NamespaceRow>> {
  const { orderBy, order = 'asc' } = request
  // Names are lower-case, so they need no folding.
  const found = fuzzySearch('name', request.query)
  let matching = db
    .selectFrom('namespaces')
    .where('instance_id', '=', request.instanceId)
    .where(isReadable('name', request.readable))
  if (found) matching = matching.where(found.matches)
  let ordered = matching.selectAll()
  if (found && !orderBy) ordered = ordered.orderBy(found.rank)
  if (orderBy && orderBy !== 'name') ordered = ordered.orderBy(COLUMNS[orderBy], order)
  const rows = await ordered.orderBy('name', order).limit(request.limit).offset(request.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

const namespaceNamed = prepared((db, { instance, name }: { instance: string; name: string }) =>
  db.selectFrom('namespaces').selectAll().where('instance_id', '=', instance).where('name', '=', name),
)

/** Returns the namespace of an instance with this name. */
export async function findNamespace(
  db: Kysely<Schema>,
  instanceId: string,
  name: string,
): Promise<NamespaceRow | undefined> {
  const [row] = await namespaceNamed(db, { instance: instanceId, name })
  return row
}

/** Returns all namespaces of an instance by name; the quota of its edition limits their number. */
export async function listAllNamespaces(db: Kysely<Schema>, instanceId: string): Promise<NamespaceRow[]> {
  return db.selectFrom('namespaces').selectAll().where('instance_id', '=', instanceId).orderBy('name').execute()
}

/** Returns those of the namespaces that exist, in the requested order. */
export async function findNamespaces(
  db: Kysely<Schema>,
  instanceId: string,
  names: readonly string[],
): Promise<NamespaceRow[]> {
  if (names.length === 0) return []
  const rows = await db
    .selectFrom('namespaces')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('name', 'in', names)
    .execute()
  const byName = new Map(rows.map((row) => [row.name, row]))
  return names.flatMap((name) => byName.get(name) ?? [])
}
