import type { AuditEventRow } from '../db/schema.ts'
import type { TestRegistry } from './open-test-registry.ts'

/** Returns the audit events recorded while `act` ran, oldest first, without null columns. */
export async function recordedBy(
  store: Pick<TestRegistry, 'registry'>,
  act: () => Promise<unknown>,
): Promise<Partial<AuditEventRow>[]> {
  const last = (await eventsAfter(store, '')).at(-1)?.id ?? ''
  await act()
  const rows = await eventsAfter(store, last)
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)))
}

/** Returns the audit events after the one with this ID, oldest first. */
export function eventsAfter({ registry }: Pick<TestRegistry, 'registry'>, id: string): Promise<AuditEventRow[]> {
  return registry.database.read.selectFrom('audit_events').selectAll().where('id', '>', id).orderBy('id').execute()
}
