import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { openListeningApp } from '../../testing/listening-app.ts'
import { environmentOf, example } from './testing/signing-guide.ts'

const run = promisify(execFile)

test('the curl and openssl example of docs/signing.md runs as printed', async () => {
  await using server = await openListeningApp({ time: new Date().toISOString() })
  const { stdout } = await run('sh', ['-c', example('sh', 'openssl')], { env: await environmentOf(server) })
  expect(JSON.parse(stdout)).toMatchObject({ instances: [{ id: server.instance, name: 'default' }] })
})
