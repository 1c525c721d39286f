import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../../testing/listening-app.ts'

/** The examples of docs/signing.md are run as they stand there. */

const run = promisify(execFile)
const guide = await readFile(new URL('../../../../docs/signing.md', import.meta.url), 'utf8')

let server: ListeningApp
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  server = await openListeningApp({ time: new Date().toISOString() })
  const pair = await (await server.ask('POST', '/console/account/access-keys', { body: { description: '' } })).json()
  env = {
    ...process.env,
    CHARTROOM_ENDPOINT: server.origin,
    CHARTROOM_ACCESS_KEY_ID: pair.id,
    CHARTROOM_SECRET_ACCESS_KEY: pair.secret,
  }
})
afterAll(() => server.close())

/** The one block of that language that has `word` in it. */
function example(language: string, word: string): string {
  const blocks = Array.from(guide.matchAll(/```(\w*)\n(.*?)\n```/gs), ([, name, text]) => ({ name, text: text ?? '' }))
  const [found, ...others] = blocks.filter(({ name, text }) => name === language && text.includes(word))
  if (!found || others.length > 0) throw new Error(`Not one example in ${language} with ${word}.`)
  return found.text
}

test('the vendor’s client for Node.js', async () => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', example('js', 'BceBaseClient')], {
    env,
  })
  expect(stdout.trim().replace(server.instance, 'ccr-xxxxxxxx')).toBe(example('', 'ccr-xxxxxxxx'))
})

test('curl and openssl', async () => {
  const { stdout } = await run('sh', ['-c', example('sh', 'openssl')], { env })
  expect(JSON.parse(stdout)).toMatchObject({ instances: [{ id: server.instance, name: 'default' }] })
})

test('the refusals, by their codes', async () => {
  const signed = (text: string) => server.askAnonymously('GET', '/v1/instances', { headers: { Authorization: text } })
  const told = async (answer: Response) => `${(await answer.json()).code} ${answer.status}`
  const id = env.CHARTROOM_ACCESS_KEY_ID
  const signature = '0'.repeat(64)
  const now = server.registry.now().replace(/\.\d+/, '')
  const at = (minutes: number) => new Date(Date.parse(now) + minutes * 60_000).toISOString().replace(/\.\d+/, '')
  expect(
    await Promise.all(
      [
        server.askAnonymously('GET', '/v1/instances'),
        signed('bce-auth-v1/nonsense'),
        signed(`bce-auth-v1/${id}/${at(-31)}/1800/host/${signature}`),
        signed(`bce-auth-v1/${id}/${at(16)}/1800/host/${signature}`),
        signed(`bce-auth-v1/nobody/${now}/1800/host/${signature}`),
        signed(`bce-auth-v1/${id}/${now}/1800/host/${signature}`),
        server.askAnonymously('GET', '/v1/instances', {
          headers: {
            Authorization: `bce-auth-v1/${id}/${now}/1800/host/${signature}`,
            'x-bce-security-token': 'token',
          },
        }),
      ].map(async (answer) => told(await answer)),
    ),
  ).toEqual(codesInGuide().slice(0, -1))
  const member = await server.member('ann', [])
  expect(await told(await member('POST', '/v1/instances', { body: { name: 'x', type: 'BASIC' } }))).toBe(
    codesInGuide().at(-1),
  )
})

/** The rows of the table of refusals, as `code status`. */
function codesInGuide(): string[] {
  const [, table = ''] = guide.split('## What is refused')
  return Array.from(table.matchAll(/^\| `(\w+)` \| (\d+) /gm), ([, code, status]) => `${code} ${status}`)
}
