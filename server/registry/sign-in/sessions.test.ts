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

test('signing in gives a token that stands for the account, and only a digest of it is kept', async () => {
  const { token, session } = await enter()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(session).toMatchObject({ caller: { kind: 'account', name: 'admin', role: 'administrator' } })
  expect(await findSession(store.registry, token)).toEqual(session)
  const rows = await store.registry.database.read.selectFrom('sessions').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(token)
})

test('a wrong password and an account that is not there are refused alike', async () => {
  await expect(enter({ password: 'guess' })).rejects.toMatchObject({ code: 'wrong-password', params: {} })
  await expect(enter({ account: 'nobody' })).rejects.toMatchObject({ code: 'wrong-password', params: {} })
})

test('a disabled account gets in no more, and its sessions are no good', async () => {
  const { token } = await enter()
  await store.registry.database.write((transaction) =>
    transaction.updateTable('accounts').set({ disabled: 1 }).execute(),
  )
  expect(await findSession(store.registry, token)).toBeNull()
  await expect(enter()).rejects.toMatchObject({ code: 'wrong-password' })
})

test('a session goes on while it is used, and ends when it is not', async () => {
  const { token } = await enter()
  store.pass(11 * HOUR)
  expect((await findSession(store.registry, token))?.expires).toBe(later(12 * HOUR))
  store.pass(11 * HOUR)
  expect(await findSession(store.registry, token)).not.toBeNull()
  store.pass(12 * HOUR)
  expect(await findSession(store.registry, token)).toBeNull()
})

test('its end is moved on once a minute at most', async () => {
  const { token, session } = await enter()
  store.pass(MINUTE - 1)
  expect((await findSession(store.registry, token))?.expires).toBe(session.expires)
  store.pass(1)
  expect((await findSession(store.registry, token))?.expires).toBe(later(12 * HOUR))
})

test('a session ends after seven days, used or not', async () => {
  const { token } = await enter()
  const end = later(7 * DAY)
  for (let hours = 0; hours < 7 * 24 - 8; hours += 8) {
    store.pass(8 * HOUR)
    expect(await findSession(store.registry, token)).not.toBeNull()
  }
  expect((await findSession(store.registry, token))?.expires).toBe(end)
  store.pass(8 * HOUR)
  expect(await findSession(store.registry, token)).toBeNull()
})

test('signing out ends the session and no other', async () => {
  const [one, two] = [await enter(), await enter()]
  await signOut(store.registry, store.call, one.token)
  await signOut(store.registry, store.call, 'never there')
  expect(await findSession(store.registry, one.token)).toBeNull()
  expect(await findSession(store.registry, two.token)).not.toBeNull()
})

function enter(change: { account?: string; password?: string } = {}) {
  return signIn(store.registry, store.call, { account: 'admin', password: TEST_PASSWORD, ...change })
}

function later(milliseconds: number): string {
  return new Date(Date.parse(store.registry.now()) + milliseconds).toISOString()
}
