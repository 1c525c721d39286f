import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

type Value = string | number | null

/** Stands in a query for a value that is known when it is asked. */
class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** What Kysely makes of a query. */
interface Compilable<Row> {
  compile(): CompiledQuery<Row>
}

/**
 * A query that is asked so often that putting it together counts: with Kysely that takes longer than SQLite takes to
 * answer. It is built and compiled when first asked, for each kind of database, and then asked again and again with
 * other values. `build` is given stand-ins for them, which it may put where a value goes, and must not look at; how
 * many rows are wanted is no such value, see `node-sqlite.ts`.
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
 * The values of `in (…)`, as many as the next power of two, the first one again and again. Each number of them is another
 * statement, and one with hundreds of values takes a tenth of a megabyte for as long as it is kept.
 */
export function padToPowerOfTwo<T extends string>(values: readonly T[]): T[] {
  const count = 2 ** Math.ceil(Math.log2(values.length))
  return [
    ...values,
    ...values.slice(0, 1).flatMap((first) => Array.from({ length: count - values.length }, () => first)),
  ]
}
