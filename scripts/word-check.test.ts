import { expect, test } from 'vitest'
import { wordProblems } from './word-check.ts'

test.each([
  ['/** What it is. */', '1: "What"'],
  ['const one = 1\n/**\n * Whoever asks.\n */', '3: "Whoever"'],
  ['/** A list that\n * is\n * told. */', '2: "is\\n * told"'],
  ['const a = 1 // Read\n// anew.', '2: "anew"'],
  ["const a = /['`]/ // Somebody else's.", '1: "Somebody"'],
  ['return <>{/* Nobody. */}</>', '1: "Nobody"'],
  ["test('what it does', () => {})", '1: "what"'],
  ["test.each([1])('who asks %s', () => {})", '1: "who"'],
  ["describe('a page that stands here', () => {})", '1: "stands here"'],
  ["log.error({ err: error }, 'nobody answers')", '1: "nobody"'],
])('%j breaks a rule', (code, problem) => {
  expect(wordProblems(code)).toEqual([problem])
})

test.each([
  '// What it is.',
  '/** Reads what is new. */',
  "const text = '/** What it is, anew. */'",
  'const text = `// nobody`',
  'const somebody = /nobody/',
  "pattern.test('what')",
])('%j is fine', (code) => {
  expect(wordProblems(code)).toEqual([])
})
