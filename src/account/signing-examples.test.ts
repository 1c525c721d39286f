import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { environmentLines, SIGNING_EXAMPLES } from './signing-examples.ts'

const guide = await readFile(new URL('../../docs/signing.md', import.meta.url), 'utf8')

// server/http/management/bce-auth tests the examples of the guide by running them.
test('the examples equal those of docs/signing.md', () => {
  for (const example of Object.values(SIGNING_EXAMPLES)) expect(guide).toContain(`\n${example}\n\`\`\`\n`)
})

test('the environment lines equal those of docs/signing.md', () => {
  const id = '0123456789abcdef0123456789abcdef'
  expect(guide).toContain(environmentLines({ endpoint: 'https://charts.example.org', id, secret: '…' }))
})
