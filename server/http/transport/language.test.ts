import { expect, test } from 'vitest'
import { preferredLanguage } from './language.ts'

test.each([
  [undefined, 'en-US'],
  ['', 'en-US'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['zh-TW', 'zh-CN'],
  ['en-GB,en;q=0.9,zh;q=0.8', 'en-US'],
  ['fr-FR, zh;q=0.5, en;q=0.4', 'zh-CN'],
  ['en;q=0.1, zh-Hans-CN;q=0.7', 'zh-CN'],
  ['zh;q=0, en', 'en-US'],
  ['*', 'en-US'],
  ['zhuang', 'en-US'],
  [';;;q=,', 'en-US'],
])('Accept-Language: %s is answered in %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
})
