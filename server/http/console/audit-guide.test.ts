import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openTestApp } from '../testing/open-test-app.ts'

test('docs/audit.md lists every column of the file in order', async () => {
  const guide = await readFile(new URL('../../../docs/audit.md', import.meta.url), 'utf8')
  const [, table = ''] = guide.split('## Columns of the CSV file')
  const described = table.split('\n').flatMap((row) => {
    const [, columns = ''] = row.split('|')
    return Array.from(columns.matchAll(/`(\w+)`/g), ([, column]) => column)
  })
  await using server = await openTestApp()
  const file = await (await server.ask('GET', '/console/audit.csv')).text()
  expect(described).toEqual(file.slice(0, file.indexOf('\r\n')).split(','))
})
