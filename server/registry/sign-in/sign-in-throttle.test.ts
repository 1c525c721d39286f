import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { attemptSucceeded, beginAttempt } from './sign-in-throttle.ts'

const here = { account: 'admin', address: '192.0.2.1' }

let store: TestRegistry

beforeEach(async () => {
  store = await openTestRegistry()
})
afterEach(() => store.close())

test('each failure after the fifth doubles the wait, up to 15 minutes', async () => {
  for (let attempt = 0; attempt < 5; attempt++) await beginAttempt(store.registry, here)
  for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
    await expectWait(here, seconds)
    store.pass(seconds * 1000 - 1)
    await expectWait(here, 1)
    store.pass(1)
    await beginAttempt(store.registry, here)
  }
})

test('a throttled attempt does not extend the wait', async () => {
  for (let attempt = 0; attempt < 5; attempt++) await beginAttempt(store.registry, here)
  for (let attempt = 0; attempt < 10; attempt++) await expectWait(here, 1)
})

test('does not throttle the account at another address, or another account at this address', async () => {
  for (let attempt = 0; attempt < 5; attempt++) await beginAttempt(store.registry, here)
  await beginAttempt(store.registry, { ...here, address: '192.0.2.2' })
  await beginAttempt(store.registry, { ...here, account: 'ann' })
})

test('throttles an address after fifty failures of any accounts', async () => {
  for (let attempt = 0; attempt < 50; attempt++) {
    await beginAttempt(store.registry, { ...here, account: `guess-${attempt}` })
  }
  await expectWait({ ...here, account: 'ann' }, 1)
  await beginAttempt(store.registry, { account: 'ann', address: '192.0.2.2' })
})

test('admits only five of twenty concurrent attempts', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => beginAttempt(store.registry, here)))
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(5)
})

test('success clears the failures of the account, but not those of the address', async () => {
  for (let attempt = 0; attempt < 49; attempt++) {
    await beginAttempt(store.registry, { ...here, account: `guess-${attempt}` })
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    await beginAttempt(store.registry, here)
    await store.registry.database.write((transaction) => attemptSucceeded(transaction, here))
  }
  await beginAttempt(store.registry, here)
  await expectWait(here, 1)
})

test('failures expire an hour after the last one', async () => {
  for (let attempt = 0; attempt < 8; attempt++) {
    store.pass(5000)
    await beginAttempt(store.registry, here)
  }
  store.pass(60 * 60 * 1000 + 1)
  for (let attempt = 0; attempt < 5; attempt++) await beginAttempt(store.registry, here)
  await expectWait(here, 1)
})

test('counts IPv6 addresses by /64, and IPv4-mapped addresses as IPv4', async () => {
  for (const address of [
    '2001:db8::1',
    '2001:db8:0:0:1::',
    '2001:0db8::ffff:1',
    '2001:db8::192.0.2.1',
    '2001:db8::2',
  ]) {
    await beginAttempt(store.registry, { ...here, address })
  }
  await expectWait({ ...here, address: '2001:db8:0:0:a:b:c:d' }, 1)
  await beginAttempt(store.registry, { ...here, address: '2001:db8:0:1::1' })
  for (let attempt = 0; attempt < 5; attempt++) await beginAttempt(store.registry, here)
  await expectWait({ ...here, address: '::ffff:192.0.2.1' }, 1)
})

async function expectWait(attempt: typeof here, seconds: number): Promise<void> {
  await expect(beginAttempt(store.registry, attempt)).rejects.toMatchObject({
    code: 'sign-in-throttled',
    kind: 'throttled',
    params: { seconds },
  })
}
