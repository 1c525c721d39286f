import type { Transaction } from 'kysely'
import type { Schema } from '../../db/schema.ts'

/** Returns the next number for a namespace or a robot, which `/v1` identifies by numbers. Numbers are never reused. */
export async function nextNumber(transaction: Transaction<Schema>, kind: 'namespace' | 'robot'): Promise<number> {
  const { value } = await transaction
    .insertInto('counters')
    .values({ name: kind, value: 1 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })))
    .returning('value')
    .executeTakeFirstOrThrow()
  return value
}
