import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestApp, type TestApp } from '../testing/open-test-app.ts'

const HINT = 'If you are logged in, add --plain-http.'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
})
afterEach(() => server.close())

async function refusalFor(agent: string, path = '/v2/team/nginx/tags/list'): Promise<string> {
  const answer = await server.askAnonymously('GET', path, { headers: { 'User-Agent': agent } })
  expect(answer.status).toBe(401)
  return answer.text()
}

test.each(['Helm/3.13.0', 'Helm/3.21.4', 'Helm/3.22', 'Helm/4.3'])(
  'suggests --plain-http to %s, which may withhold its password over HTTP',
  async (agent) => {
    expect(await refusalFor(agent)).toContain(`${HINT}"`)
  },
)

test.each(['Helm/3.10.1', 'Helm/3.2.4', 'containerd/1.4.4', 'oras/1.3.6', 'Renovate'])(
  'does not suggest --plain-http to %s, which does not have it',
  async (agent) => {
    expect(await refusalFor(agent)).not.toContain('--plain-http')
  },
)

test('suggests it neither over HTTPS nor in the ChartMuseum API', async () => {
  expect(await refusalFor('Helm/3.22', '/chartrepo/team/index.yaml')).not.toContain('--plain-http')
  server.context.publicUrl = 'https://registry.example.org'
  expect(await refusalFor('Helm/3.22')).not.toContain('--plain-http')
})

test('does not suggest it for a wrong password', async () => {
  const headers = { 'User-Agent': 'Helm/3.22', Authorization: 'Basic YWRtaW46Z3Vlc3M=' }
  const answer = await server.askAnonymously('GET', '/v2/team/nginx/tags/list', { headers })
  expect(await answer.text()).not.toContain('--plain-http')
})
