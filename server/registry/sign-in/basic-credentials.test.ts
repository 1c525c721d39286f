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

const right = { name: 'admin', password: TEST_PASSWORD, address: '192.0.2.1', instance: '' }
const ask = (change: Partial<typeof right> = {}) => callerOfBasic(store.registry, { ...right, ...change })

/** What the throttle has counted; a credential that is verified writes it, one that is remembered does not. */
const failures = () => store.registry.database.read.selectFrom('sign_in_failures').selectAll().execute()

async function changeAccount(change: { password_hash?: string; credential_revision?: number; disabled?: 1 }) {
  await store.registry.database.write((transaction) => transaction.updateTable('accounts').set(change).execute())
}

test("an account's own name and password stand for the account", async () => {
  expect(await ask()).toEqual({
    kind: 'account',
    id: 'test',
    name: 'admin',
    role: 'administrator',
    grants: [],
    revision: 1,
    credential: { kind: 'password' },
  })
})

test('a wrong password, an unknown name and nothing at all stand for nobody', async () => {
  expect(await ask({ password: 'guess' })).toBeNull()
  expect(await ask({ name: 'nobody' })).toBeNull()
  expect(await ask({ name: '', password: '' })).toBeNull()
})

test('what is right is remembered for a minute, wherever it comes from', async () => {
  await ask()
  // Whoever had to verify it now would find that it is wrong.
  await changeAccount({ password_hash: quickPasswordHash('another') })
  store.pass(59_999)
  expect(await ask({ address: '192.0.2.2' })).not.toBeNull()
  store.pass(1)
  expect(await ask()).toBeNull()
})

test('a minute is a minute, however often it is used', async () => {
  await ask()
  await changeAccount({ password_hash: quickPasswordHash('another') })
  for (let times = 0; times < 3; times++) {
    store.pass(20_000)
    expect((await ask()) === null).toBe(times === 2)
  }
})

test('a password that is changed, or an account that is disabled, is good no more at once', async () => {
  await ask()
  await changeAccount({ password_hash: quickPasswordHash('another'), credential_revision: 2 })
  expect(await ask()).toBeNull()
})

test('an account that is disabled gets in no more', async () => {
  await ask()
  await changeAccount({ disabled: 1 })
  expect(await ask()).toBeNull()
})

test('the same password under another name, or moved between the two, is another credential', async () => {
  await ask()
  expect(await ask({ name: 'other' })).toBeNull()
  expect(await ask({ name: `admin${TEST_PASSWORD.slice(0, 1)}`, password: TEST_PASSWORD.slice(1) })).toBeNull()
})

test('fifty clients with the right password at once all get in: it is verified once', async () => {
  const callers = await Promise.all(Array.from({ length: 50 }, () => ask()))
  expect(callers.filter((caller) => caller === null)).toEqual([])
})

test('guessing waits as at the sign-in, and with it', async () => {
  for (let attempt = 0; attempt < 5; attempt++) expect(await ask({ password: `guess-${attempt}` })).toBeNull()
  await expect(ask({ password: 'guess' })).rejects.toMatchObject({ code: 'sign-in-throttled', params: { seconds: 1 } })
  const attempt = { account: right.name, password: right.password }
  const call = { ...store.call, address: right.address }
  await expect(signIn(store.registry, call, attempt)).rejects.toMatchObject({ code: 'sign-in-throttled' })
  expect(await ask({ address: '192.0.2.2' })).not.toBeNull()
})

test('guesses of others at the same address do not stop who is remembered', async () => {
  await ask()
  for (let attempt = 0; attempt < 5; attempt++) await ask({ password: `guess-${attempt}` })
  await expect(ask({ password: 'guess' })).rejects.toMatchObject({ code: 'sign-in-throttled' })
  expect(await ask()).not.toBeNull()
})

test('getting in leaves nothing counted against the account', async () => {
  await ask({ password: 'guess' })
  await ask()
  expect((await failures()).map(({ subject, failures: count }) => [subject, count])).toEqual([['192.0.2.1', 1]])
})
