import { expect, test } from 'vitest'
import { isAccountName } from './account-name.ts'

test.each([
  'admin',
  'Ann Lee',
  'müller',
  'ann@example.org',
  '李雷',
  '李雷 (ops)',
  '김철수',
  'Анна',
  'たなか-t',
  'o’neil',
])('accepts %s', (name) => expect(isAccountName(name)).toBe(true))

test.each([
  ['a Cyrillic а among Latin letters', 'аdmin'],
  ['a Greek ο among Latin letters', 'rοot'],
  ['full-width letters', 'ａｄｍｉｎ'],
  ['a ligature', 'oﬃce'],
  ['Cyrillic beside Han', 'Анна李'],
  ['an invisible character', 'ad\u200bmin'],
  ['a decomposed letter', 'mu\u0308ller'],
  ['a colon', 'ann:lee'],
  ['a robot’s login name', 'CCR$ci'],
  ['space at an end', ' ann'],
  ['65 characters', 'a'.repeat(65)],
])('refuses %s', (_, name) => expect(isAccountName(name)).toBe(false))

test.each(['anonymous', 'System', 'unknown', '__proto__', 'constructor', 'prototype'])(
  'refuses the reserved name %s',
  (name) => expect(isAccountName(name)).toBe(false),
)
