import { describe, expect, it } from 'vitest'
import { returnPath } from './return-path.ts'

describe('returnPath', () => {
  it.each(['/instances/ccr-00000001/charts?namespace=a&chartName=b', '/instances#top', '/'])(
    'returns %s, a path of this console',
    (to) => {
      expect(returnPath(to)).toBe(to)
    },
  )

  it.each([
    null,
    '',
    'instances',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    '/sign-in?to=/sign-in',
  ])('returns the instance list instead of %j', (to) => {
    expect(returnPath(to)).toBe('/instances')
  })
})
