import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestRegistry, TEST_PASSWORD, type TestRegistry } from '../../testing/open-test-registry.ts'
import { quickPasswordHash } from '../../testing/quick-password-hash.ts'
import { callerOfBasic } from './basic-credentials.ts'
import { signIn } from './sessions.ts'

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
  await store.session()
})
afterEach(() => store.close())

const adminCredential = { name: 'admin', password: TEST_PASSWORD, address: '192.0.2.1', instance: '' }
const authenticate = (change: Partial<typeof adminCredential> = {}) =>
  callerOfBasic(store.registry, { ...adminCredential, ...change })

/** Failures that the throttle has counted. Verifying a credential writes them, a cache hit does not. */
const failures = () => store.registry.database.read.selectFrom('sign_in_failures').selectAll().execute()

async function changeAccount(change: { password_hash?: string; credential_revision?: number; disabled?: 1 }) {
  await store.registry.database.write((transaction) => transaction.updateTable('accounts').set(change).execute())
}

test('authenticates an account by its name and password', async () => {
  expect(await authenticate()).toEqual({
    kind: 'account',
    id: 'test',
    name: 'admin',
    role: 'administrator',
    grants: [],
    revision: 1,
    credential: { kind: 'password' },
  })
})

test('returns null for a wrong password, an unknown name and an empty credential', async () => {
  expect(await authenticate({ password: 'guess' })).toBeNull()
  expect(await authenticate({ name: 'nobody' })).toBeNull()
  expect(await authenticate({ name: '', password: '' })).toBeNull()
})

test('caches a verified credential for a minute, for all client addresses', async () => {
  await authenticate()
  // Verification would now fail: only the cache accepts the old password.
  await changeAccount({ password_hash: quickPasswordHash('another') })
  store.pass(59_999)
  expect(await authenticate({ address: '192.0.2.2' })).not.toBeNull()
  store.pass(1)
  expect(await authenticate()).toBeNull()
})

test('use does not extend the life of a cache entry', async () => {
  await authenticate()
  await changeAccount({ password_hash: quickPasswordHash('another') })
  for (let times = 0; times < 3; times++) {
    store.pass(20_000)
    expect((await authenticate()) === null).toBe(times === 2)
  }
})

test('rejects a cached credential once the password has changed', async () => {
  await authenticate()
  await changeAccount({ password_hash: quickPasswordHash('another'), credential_revision: 2 })
  expect(await authenticate()).toBeNull()
})

test('rejects a cached credential once the account is disabled', async () => {
  await authenticate()
  await changeAccount({ disabled: 1 })
  expect(await authenticate()).toBeNull()
})

test('does not confuse credentials whose name and password concatenate to the same text', async () => {
  await authenticate()
  expect(await authenticate({ name: 'other' })).toBeNull()
  expect(await authenticate({ name: `admin${TEST_PASSWORD.slice(0, 1)}`, password: TEST_PASSWORD.slice(1) })).toBeNull()
})

test('verifies a credential once for fifty concurrent requests', async () => {
  const callers = await Promise.all(Array.from({ length: 50 }, () => authenticate()))
  expect(callers.filter((caller) => caller === null)).toEqual([])
})

test('throttles guesses together with sign-ins', async () => {
  for (let attempt = 0; attempt < 5; attempt++) expect(await authenticate({ password: `guess-${attempt}` })).toBeNull()
  await expect(authenticate({ password: 'guess' })).rejects.toMatchObject({
    code: 'sign-in-throttled',
    params: { seconds: 1 },
  })
  const attempt = { account: adminCredential.name, password: adminCredential.password }
  const call = { ...store.call, address: adminCredential.address }
  await expect(signIn(store.registry, call, attempt)).rejects.toMatchObject({ code: 'sign-in-throttled' })
  expect(await authenticate({ address: '192.0.2.2' })).not.toBeNull()
})

test('guesses from the same address do not throttle a cached credential', async () => {
  await authenticate()
  for (let attempt = 0; attempt < 5; attempt++) await authenticate({ password: `guess-${attempt}` })
  await expect(authenticate({ password: 'guess' })).rejects.toMatchObject({ code: 'sign-in-throttled' })
  expect(await authenticate()).not.toBeNull()
})

test('success clears the failures of the account', async () => {
  await authenticate({ password: 'guess' })
  await authenticate()
  expect((await failures()).map(({ subject, failures: count }) => [subject, count])).toEqual([['192.0.2.1', 1]])
})
