import type { Kysely } from 'kysely'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Order, Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { NamespaceRow, Schema } from '../../db/schema.ts'
import { isReadable, type Readable } from '../core/readable.ts'

export interface NamespacesQuery extends PageRequest {
  readonly instanceId: string
  /** Those that may be listed, by name. */
  readonly readable: Readable
  readonly query?: string | undefined
  /** Without it: by rank where something is looked for, then by name. */
  readonly orderBy?: 'name' | 'created' | 'charts' | undefined
  readonly order?: Order | undefined
}

const COLUMNS = { name: 'name', created: 'created_at', charts: 'chart_count' } as const

/** Namespaces of an instance. Rows that are equal in what they are ordered by stand by name, in the same direction. */
export async function listNamespaces(db: Kysely<Schema>, wanted: NamespacesQuery): Promise<Page<NamespaceRow>> {
  const { orderBy, order = 'asc' } = wanted
  // The grammar of names has no upper case: the name is its own folded form.
  const found = fuzzySearch('name', wanted.query)
  let matching = db
    .selectFrom('namespaces')
    .where('instance_id', '=', wanted.instanceId)
    .where(isReadable('name', wanted.readable))
  if (found) matching = matching.where(found.matches)
  let ordered = matching.selectAll()
  if (found && !orderBy) ordered = ordered.orderBy(found.rank)
  if (orderBy && orderBy !== 'name') ordered = ordered.orderBy(COLUMNS[orderBy], order)
  const rows = await ordered.orderBy('name', order).limit(wanted.limit).offset(wanted.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

const namespaceNamed = prepared((db, { instance, name }: { instance: string; name: string }) =>
  db.selectFrom('namespaces').selectAll().where('instance_id', '=', instance).where('name', '=', name),
)

export async function findNamespace(
  db: Kysely<Schema>,
  instanceId: string,
  name: string,
): Promise<NamespaceRow | undefined> {
  const [row] = await namespaceNamed(db, { instance: instanceId, name })
  return row
}

/** All namespaces of an instance by name; an edition's quota bounds them. */
export async function listAllNamespaces(db: Kysely<Schema>, instanceId: string): Promise<NamespaceRow[]> {
  return db.selectFrom('namespaces').selectAll().where('instance_id', '=', instanceId).orderBy('name').execute()
}

/** Those of the named namespaces that are there, in the order asked for. */
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
