import type { Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'

/** The next of the numbers that the wire wants for things of a kind; one that was given out is never given again. */
export async function nextNumber(transaction: Transaction<Schema>, kind: 'namespace' | 'robot'): Promise<number> {
  const { value } = await transaction
    .insertInto('counters')
    .values({ name: kind, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}
