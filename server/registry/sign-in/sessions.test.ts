import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestRegistry, TEST_PASSWORD, type TestRegistry } from '../../testing/open-test-registry.ts'
import { findSession, signIn, signOut } from './sessions.ts'

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.session()
})
afterEach(() => store.close())

test('sign-in returns a token for the account and stores only its digest', async () => {
  const { token, session } = await signInAsAdmin()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(session).toMatchObject({ caller: { kind: 'account', name: 'admin', role: 'administrator' } })
  expect(await findSession(store.registry, token)).toEqual(session)
  const rows = await store.registry.database.read.selectFrom('sessions').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)
})

test('returns the same error for a wrong password and an unknown account', async () => {
  await expect(signInAsAdmin({ password: 'guess' })).rejects.toMatchObject({ code: 'wrong-password', params: {} })
  await expect(signInAsAdmin({ account: 'nobody' })).rejects.toMatchObject({ code: 'wrong-password', params: {} })
})

test('rejects sign-in and sessions of a disabled account', async () => {
  const { token } = await signInAsAdmin()
  await store.registry.database.write((transaction) =>
    transaction.updateTable('accounts').set({ disabled: 1 }).execute(),
  )
  expect(await findSession(store.registry, token)).toBeNull()
  await expect(signInAsAdmin()).rejects.toMatchObject({ code: 'wrong-password' })
})

test('extends a session while it is used and expires it after the idle timeout', async () => {
  const { token } = await signInAsAdmin()
  store.pass(11 * HOUR)
  expect((await findSession(store.registry, token))?.expires).toBe(later(12 * HOUR))
  store.pass(11 * HOUR)
  expect(await findSession(store.registry, token)).not.toBeNull()
  store.pass(12 * HOUR)
  expect(await findSession(store.registry, token)).toBeNull()
})

test('extends a session at most once a minute', async () => {
  const { token, session } = await signInAsAdmin()
  store.pass(MINUTE - 1)
  expect((await findSession(store.registry, token))?.expires).toBe(session.expires)
  store.pass(1)
  expect((await findSession(store.registry, token))?.expires).toBe(later(12 * HOUR))
})

test('expires a session after seven days even if it is used', async () => {
  const { token } = await signInAsAdmin()
  const end = later(7 * DAY)
  for (let hours = 0; hours < 7 * 24 - 8; hours += 8) {
    store.pass(8 * HOUR)
    expect(await findSession(store.registry, token)).not.toBeNull()
  }
  expect((await findSession(store.registry, token))?.expires).toBe(end)
  store.pass(8 * HOUR)
  expect(await findSession(store.registry, token)).toBeNull()
})

test('sign-out ends only the session of the token', async () => {
  const [one, two] = [await signInAsAdmin(), await signInAsAdmin()]
  await signOut(store.registry, store.call, one.token)
  await signOut(store.registry, store.call, 'unknown-token')
  expect(await findSession(store.registry, one.token)).toBeNull()
  expect(await findSession(store.registry, two.token)).not.toBeNull()
})

function signInAsAdmin(change: { account?: string; password?: string } = {}) {
  return signIn(store.registry, store.call, { account: 'admin', password: TEST_PASSWORD, ...change })
}

function later(milliseconds: number): string {
  return new Date(Date.parse(store.registry.now()) + milliseconds).toISOString()
}
