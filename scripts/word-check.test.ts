import { expect, test } from 'vitest'
import { wordProblems } from './word-check.ts'

test.each([
  ['1: "What"', '/** What it is. */'],
  ['3: "Whoever"', 'const one = 1\n/**\n * Whoever asks.\n */'],
  ['2: "is\\n * told"', '/** A list that\n * is\n * told. */'],
  ['2: "anew"', 'const a = 1 // Read\n// anew.'],
  ['1: "Somebody"', "const a = /['`]/ // Somebody else's."],
  ['1: "Nobody"', 'return <>{/* Nobody. */}</>'],
  ['1: "what"', "test('what it does', () => {})"],
  ['1: "who"', "test.each([1])('who asks %s', () => {})"],
  ['1: "stands here"', "describe('a page that stands here', () => {})"],
  ['1: "nobody"', "log.error({ err: error }, 'nobody answers')"],
])('finds %s in %j', (problem, code) => {
  expect(wordProblems(code)).toEqual([problem])
})

test.each([
  '// What it is.',
  '/** Reads what is new. */',
  "const text = '/** What it is, anew. */'",
  'const text = `// nobody`',
  'const somebody = /nobody/',
  "pattern.test('what')",
])('finds nothing in %j', (code) => {
  expect(wordProblems(code)).toEqual([])
})
