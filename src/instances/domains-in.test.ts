import { expect, test } from 'vitest'
import { domainsIn } from './domains-in.ts'

test('splits domains at line breaks, spaces, commas and semicolons, and removes duplicates', () => {
  expect(domainsIn('')).toEqual([])
  expect(domainsIn(' \n')).toEqual([])
  expect(domainsIn('a.example.org\nB.example.org\n\na.example.org, c.example.org;d.example.org ')).toEqual([
    'a.example.org',
    'b.example.org',
    'c.example.org',
    'd.example.org',
  ])
  expect(domainsIn('https://a.example.org')).toEqual(['https://a.example.org'])
})
