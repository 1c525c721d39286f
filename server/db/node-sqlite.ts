import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type LimitNode,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  ValueNode,
} from 'kysely'
import { LRUCache } from 'lru-cache'

/** Limit of cached prepared statements per connection: lists with filters produce many different statements. */
const MAX_STATEMENTS = 200

/**
 * Kysely dialect for a single connection of `node:sqlite`, which is acquired exclusively: transactions run one after
 * the other. A transaction takes the write lock at its start (`begin immediate`), so that its reads are still valid
 * when it writes.
 */
export function nodeSqliteDialect(open: () => DatabaseSync): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(open),
    createQueryCompiler: () => new NodeSqliteQueryCompiler(),
    createAdapter: () => new NodeSqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** Runs migrations in transactions: SQLite supports transactional DDL, but Kysely's own adapter does not use it. */
class NodeSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Inlines limits: SQLite's planner uses the value, and would plan the query again for each bound one. */
class NodeSqliteQueryCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    this.append('limit ')
    if (ValueNode.is(node.limit)) this.appendImmediateValue(node.limit.value)
    else this.visitNode(node.limit)
  }
}

class NodeSqliteDriver implements Driver {
  readonly #open: () => DatabaseSync
  #database: DatabaseSync | undefined
  #connection: NodeSqliteConnection | undefined
  /** Resolves when the last caller in the queue has released the connection. */
  #free: Promise<void> = Promise.resolve()
  #release: () => void = () => undefined

  constructor(open: () => DatabaseSync) {
    this.#open = open
  }

  async init(): Promise<void> {
    this.#database = this.#open()
    this.#connection = new NodeSqliteConnection(this.#database)
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#free = promise
    await before
    this.#release = resolve
    if (!this.#connection) throw new Error('The database is closed.')
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#release()
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // After some errors, such as a full disk, SQLite has already rolled back; a second rollback would be an error.
    if (this.#database?.isTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    this.#connection = undefined
    this.#database?.close()
    this.#database = undefined
  }
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync
  readonly #statements = new LRUCache<string, { statement: StatementSync; reads: boolean }>({ max: MAX_STATEMENTS })

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, reads } = this.#prepare(sql)
    const values = parameters.map((value) => bindable(value, sql))
    // Kysely derives the type of a row from the schema.
    if (reads) return { rows: statement.all(...values) as Row[] }
    const { changes, lastInsertRowid } = statement.run(...values)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  // biome-ignore lint/correctness/useYield: a cursor open over awaits would hold the one connection
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Rows are read a page at a time, never through a cursor.')
  }

  /** Returns the prepared statement for `sql`, cached. */
  #prepare(sql: string): { statement: StatementSync; reads: boolean } {
    const cached = this.#statements.get(sql)
    if (cached) return cached
    const statement = this.#database.prepare(sql)
    const prepared = { statement, reads: statement.columns().length > 0 }
    this.#statements.set(sql, prepared)
    return prepared
  }
}

/**
 * Checks the type of a value: node:sqlite silently binds NULL for `undefined`, and treats a leading object as named
 * parameters. Throws a `TypeError`.
 */
function bindable(value: unknown, sql: string): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  throw new TypeError(`Not a value for the database: ${typeof value} in ${sql}`)
}
