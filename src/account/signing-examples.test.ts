import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { environmentLines, SIGNING_EXAMPLES } from './signing-examples.ts'

const guide = await readFile(new URL('../../docs/signing.md', import.meta.url), 'utf8')

test('the examples are those of docs/signing.md, which are run there', () => {
  for (const example of Object.values(SIGNING_EXAMPLES)) expect(guide).toContain(`\n${example}\n\`\`\`\n`)
})

test('and so are the lines for the environment', () => {
  const id = '0123456789abcdef0123456789abcdef'
  expect(guide).toContain(environmentLines({ endpoint: 'https://charts.example.org', id, secret: '…' }))
})
