import { expect, test } from 'vitest'
import { quotedString } from './quoted-string.ts'

test.each([
  ['http://charts.example.org/service/token', '"http://charts.example.org/service/token"'],
  ['http://evil.example"/x', String.raw`"http://evil.example\"/x"`],
  ['a\\', String.raw`"a\\"`],
  ['a\\",error="b', String.raw`"a\\\",error=\"b"`],
  ['a\r\nX: b\0\u00fc图', '"aX: b"'],
  ['', '""'],
])('%j cannot end the quoted string', (text, expected) => {
  expect(quotedString(text)).toBe(expected)
})
