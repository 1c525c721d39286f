import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../../testing/listening-app.ts'
import { type Environment, environmentOf, example, GUIDE } from './testing/signing-guide.ts'

/** Runs the examples of docs/signing.md as printed. */

const run = promisify(execFile)

let server: ListeningApp
let env: Environment
beforeAll(async () => {
  server = await openListeningApp({ time: new Date().toISOString() })
  env = await environmentOf(server)
})
afterAll(() => server.close())

test('the vendor client for Node.js prints what the guide shows', async () => {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', example('js', 'BceBaseClient')], {
    env,
  })
  expect(stdout.trim().replace(server.instance, 'ccr-xxxxxxxx')).toBe(example('', 'ccr-xxxxxxxx'))
})

test('every error has the code and status in the table of the guide', async () => {
  const signed = (text: string) => server.askAnonymously('GET', '/v1/instances', { headers: { Authorization: text } })
  const codeAndStatus = async (answer: Response) => `${(await answer.json()).code} ${answer.status}`
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
        signed(`bce-auth-v1/missing/${now}/1800/host/${signature}`),
        signed(`bce-auth-v1/${id}/${now}/1800/host/${signature}`),
        server.askAnonymously('GET', '/v1/instances', {
          headers: {
            Authorization: `bce-auth-v1/${id}/${now}/1800/host/${signature}`,
            'x-bce-security-token': 'token',
          },
        }),
      ].map(async (answer) => codeAndStatus(await answer)),
    ),
  ).toEqual(codesInGuide().slice(0, -1))
  const member = await server.member('ann', [])
  expect(await codeAndStatus(await member('POST', '/v1/instances', { body: { name: 'x', type: 'BASIC' } }))).toBe(
    codesInGuide().at(-1),
  )
})

/** Rows of the table of errors, as `code status`. */
function codesInGuide(): string[] {
  const [, table = ''] = GUIDE.split('## What is refused')
  return Array.from(table.matchAll(/^\| `(\w+)` \| (\d+) /gm), ([, code, status]) => `${code} ${status}`)
}
