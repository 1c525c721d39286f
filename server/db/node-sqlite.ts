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

/** Statements that a connection keeps prepared. Lists with many shapes of query make new ones all the time. */
const KEPT_STATEMENTS = 200

/**
 * Kysely over one connection of `node:sqlite`. Who has the connection keeps it until it is done, others wait in line:
 * transactions follow one another. A transaction takes the write lock at its start (`begin immediate`), so that what
 * it reads is still true when it writes.
 */
export function nodeSqliteDialect(open: () => DatabaseSync): Dialect {
  return {
    createDriver: () => new NodeSqliteDriver(open),
    createQueryCompiler: () => new NodeSqliteQueryCompiler(),
    createAdapter: () => new NodeSqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

/** SQLite rolls schema changes back like anything else; Kysely's own adapter leaves a failed migration half done. */
class NodeSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Writes out how many rows are wanted: SQLite looks at that to plan a query, and plans it anew for each parameter. */
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
  /** Resolves when the connection is free for the last one in line. */
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
    // SQLite has rolled back by itself after some errors (a full disk, for one); a second time would be an error.
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
  readonly #statements = new Map<string, { statement: StatementSync; reads: boolean }>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, reads } = this.#prepare(sql)
    const values = parameters.map((value) => bindable(value, sql))
    // A row's type is what Kysely worked out from the schema.
    if (reads) return { rows: statement.all(...values) as Row[] }
    const { changes, lastInsertRowid } = statement.run(...values)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }

  // biome-ignore lint/correctness/useYield: a cursor open over awaits would hold the one connection
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Rows are read a page at a time, never through a cursor.')
  }

  /** The statement for `sql`, prepared once; the one that was not used for longest makes room. */
  #prepare(sql: string): { statement: StatementSync; reads: boolean } {
    let kept = this.#statements.get(sql)
    if (kept) this.#statements.delete(sql)
    else {
      const statement = this.#database.prepare(sql)
      kept = { statement, reads: statement.columns().length > 0 }
    }
    this.#statements.set(sql, kept)
    if (this.#statements.size > KEPT_STATEMENTS) {
      const oldest = this.#statements.keys().next()
      if (!oldest.done) this.#statements.delete(oldest.value)
    }
    return kept
  }
}

/** node:sqlite binds NULL for `undefined` and takes a leading object for named parameters, both without a word. */
function bindable(value: unknown, sql: string): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  throw new TypeError(`Not a value for the database: ${typeof value} in ${sql}`)
}
