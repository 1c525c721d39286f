import { test as base } from '@playwright/test'
import { RegistryClient } from './registry-client.ts'
import { type RunningServer, startServer } from './server.ts'

interface TestFixtures {
  /** Client with a separate session, not shared with the browser. */
  registry: RegistryClient
  /** Empty instance for this test. */
  instance: { id: string; name: string }
  /** Signs the browser in with a session cookie; the client shares it. */
  signedIn: RegistryClient
}

interface WorkerFixtures {
  server: RunningServer
}

let counter = 0

/** Playwright's `test` with a real server per worker and fixtures for an instance and a session per test. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from the pattern
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  registry: async ({ playwright, server }, use) => {
    const request = await playwright.request.newContext({ baseURL: server.url })
    const registry = new RegistryClient(request)
    await registry.signIn()
    await use(registry)
    await request.dispose()
  },
  instance: async ({ registry }, use, info) => {
    counter += 1
    const name = `team ${info.workerIndex}-${counter}`
    await use({ id: await registry.createInstance(name), name })
  },
  signedIn: async ({ context }, use) => {
    const registry = new RegistryClient(context.request)
    await registry.signIn()
    // The tests of a worker share the account and therefore its preferences.
    await registry.resetPreferences()
    await use(registry)
  },
})
