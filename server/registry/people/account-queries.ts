import type { Kysely } from 'kysely'
import { fuzzySearch } from '../../db/fuzzy.ts'
import type { Page, PageRequest } from '../../db/page.ts'
import { prepared } from '../../db/prepared.ts'
import type { Account, Schema } from '../../db/schema.ts'

export interface AccountsQuery extends PageRequest {
  readonly query?: string | undefined
}

/** Accounts by name, best match first when something is looked for. */
export async function listAccounts(db: Kysely<Schema>, wanted: AccountsQuery): Promise<Page<Account>> {
  const found = fuzzySearch('folded_name', wanted.query)
  let matching = db.selectFrom('accounts')
  if (found) matching = matching.where(found.matches)
  let ordered = matching.selectAll()
  if (found) ordered = ordered.orderBy(found.rank)
  const rows = await ordered.orderBy('folded_name').limit(wanted.limit).offset(wanted.offset).execute()
  const { total } = await matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { total, rows }
}

const accountWithId = prepared((db, { id }: { id: string }) =>
  db.selectFrom('accounts').selectAll().where('id', '=', id),
)

export async function findAccount(db: Kysely<Schema>, id: string): Promise<Account | undefined> {
  const [row] = await accountWithId(db, { id })
  return row
}

/** The account of exactly this name, disabled or not. */
export async function findAccountByName(db: Kysely<Schema>, name: string): Promise<Account | undefined> {
  return db.selectFrom('accounts').selectAll().where('name', '=', name).executeTakeFirst()
}

/** Whether somebody else could administer the registry without this account, and without a word of the provider. */
export async function hasOtherAdministrator(db: Kysely<Schema>, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '!=', id)
    .where('role', '=', 'administrator')
    .where('role_source', '=', 'given')
    .where('disabled', '=', 0)
    .executeTakeFirst()
  return row !== undefined
}
