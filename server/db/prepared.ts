import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

type Value = string | number | null

/** Placeholder in a query for a value that is bound when the query runs. */
class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** A query of Kysely. */
interface Compilable<Row> {
  compile(): CompiledQuery<Row>
}

/**
 * Returns a function that runs a query that is compiled only once per kind of database. For frequent queries: Kysely
 * takes longer to build a query than SQLite to run it. `build` receives placeholders of the values, which it may only
 * use as values in the query; a limit is not such a value, see `node-sqlite.ts`.
 */
export function prepared<Values extends Readonly<Record<string, Value>>, Row>(
  build: (db: Kysely<Schema>, values: Values) => Compilable<Row>,
): (db: Kysely<Schema>, values: Values) => Promise<Row[]> {
  const compiled = new WeakMap<object, CompiledQuery<Row>>()
  const placeholders = new Proxy({} as Values, { get: (_, name) => new Placeholder(String(name)) }) // has every name
  return async (db, values) => {
    const { adapter } = db.getExecutor()
    let query = compiled.get(adapter)
    if (!query) {
      query = build(db, placeholders).compile()
      compiled.set(adapter, query)
    }
    const parameters = query.parameters.map((each) => (each instanceof Placeholder ? values[each.name] : each))
    return (await db.executeQuery<Row>({ ...query, parameters })).rows
  }
}

/**
 * Pads the values of `in (…)` to a power of two by repeating the first. This limits the number of prepared statements,
 * because each number of values is a different one, and one with hundreds of values takes 100 KB of memory.
 */
export function padToPowerOfTwo<T extends string>(values: readonly T[]): T[] {
  const count = 2 ** Math.ceil(Math.log2(values.length))
  return [
    ...values,
    ...values.slice(0, 1).flatMap((first) => Array.from({ length: count - values.length }, () => first)),
  ]
}
