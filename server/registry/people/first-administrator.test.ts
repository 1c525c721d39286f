import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { findSession, signIn } from '../sign-in/sessions.ts'
import { ensureAdministrator, verifyPassword } from './first-administrator.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
})
afterEach(() => store.close())

async function expectNoPassword(): Promise<void> {
  throw new Error('A password was generated.')
}

test('passes the generated password on before creating the account', async () => {
  let password = ''
  const ensure = () =>
    ensureAdministrator(store.registry, undefined, async (generated) => {
      password = generated
      expect(await verifyPassword(store.registry, 'admin', generated)).toBeUndefined()
    })
  expect(await ensure()).toEqual({ used: false })
  expect(password).toMatch(/^[\w-]{20}$/)
  expect(await verifyPassword(store.registry, 'admin', password)).toMatchObject({ role: 'administrator' })
  expect(await ensureAdministrator(store.registry, undefined, expectNoPassword)).toEqual({ used: false })
  await signIn(store.registry, store.call, { account: 'admin', password })
  expect(await ensureAdministrator(store.registry, undefined, expectNoPassword)).toEqual({ used: true })
})

test('creates the account with the configured password', async () => {
  expect(await ensureAdministrator(store.registry, 'given', expectNoPassword)).toEqual({ used: false })
  expect(await verifyPassword(store.registry, 'admin', 'given')).toBeDefined()
  expect(await verifyPassword(store.registry, 'admin', 'Given')).toBeUndefined()
  expect(await verifyPassword(store.registry, 'nobody', 'given')).toBeUndefined()
})

test('a different configured password replaces the old one and ends all sessions', async () => {
  await ensureAdministrator(store.registry, 'old', expectNoPassword)
  const { token } = await signIn(store.registry, store.call, { account: 'admin', password: 'old' })
  await ensureAdministrator(store.registry, 'old', expectNoPassword)
  expect(await findSession(store.registry, token)).not.toBeNull()
  await ensureAdministrator(store.registry, 'new', expectNoPassword)
  expect(await findSession(store.registry, token)).toBeNull()
  expect(await verifyPassword(store.registry, 'admin', 'old')).toBeUndefined()
  expect(await verifyPassword(store.registry, 'admin', 'new')).toMatchObject({ credential_revision: 2 })
})
