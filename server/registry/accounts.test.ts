import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestRegistry, type TestRegistry } from '../testing/open-test-registry.ts'
import { ensureAdministrator, verifyPassword } from './accounts.ts'
import { findSession, signIn } from './sessions.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
})
afterEach(() => store.close())

test('the first start makes the account with a password of its own making', async () => {
  const { created, password } = await ensureAdministrator(store.registry, undefined)
  expect(created).toBe(true)
  expect(password).toMatch(/^[\w-]{20}$/)
  expect(await verifyPassword(store.registry, 'admin', password ?? '')).toMatchObject({
    name: 'admin',
    role: 'administrator',
  })
  expect(await ensureAdministrator(store.registry, undefined)).toEqual({ created: false })
})

test('or with the password given, which is not told again', async () => {
  expect(await ensureAdministrator(store.registry, 'given')).toEqual({ created: true })
  expect(await verifyPassword(store.registry, 'admin', 'given')).toBeDefined()
  expect(await verifyPassword(store.registry, 'admin', 'Given')).toBeUndefined()
  expect(await verifyPassword(store.registry, 'nobody', 'given')).toBeUndefined()
})

test('another password given at a later start takes its place and ends all sessions', async () => {
  await ensureAdministrator(store.registry, 'old')
  const { token } = await signIn(store.registry, store.call, { account: 'admin', password: 'old' })
  await ensureAdministrator(store.registry, 'old')
  expect(await findSession(store.registry, token)).not.toBeNull()
  await ensureAdministrator(store.registry, 'new')
  expect(await findSession(store.registry, token)).toBeNull()
  expect(await verifyPassword(store.registry, 'admin', 'old')).toBeUndefined()
  expect(await verifyPassword(store.registry, 'admin', 'new')).toMatchObject({ credential_revision: 2 })
})
