import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { order } from '../../contract/ccr/paging.ts'
import { NO_SORTS } from '../../contract/console/preferences.ts'
import { changeListParams, listFields, readListParams, withPreferences } from './list-search-params.ts'

const schema = z.object({ ...listFields, orderBy: z.optional(z.enum(['name', 'charts'])), order })
const read = (search: string) => readListParams(schema, new URLSearchParams(search))
const change = (search: string, to: Parameters<typeof changeListParams<typeof schema>>[2]) =>
  changeListParams(schema, new URLSearchParams(search), to).toString()

describe('readListParams', () => {
  it('reads valid values', () => {
    expect(read('page=3&size=20&q=ng&orderBy=charts&order=desc')).toEqual({
      page: 3,
      size: 20,
      q: 'ng',
      orderBy: 'charts',
      order: 'desc',
    })
  })

  it('replaces only invalid values by their defaults', () => {
    expect(read('page=-1&size=x&orderBy=password&q=ng')).toMatchObject({
      page: 1,
      size: 25,
      orderBy: undefined,
      q: 'ng',
    })
  })
})

describe('changeListParams', () => {
  it('returns to the first page when a filter changes', () => {
    expect(change('page=3&orderBy=name', { q: 'a' })).toBe('orderBy=name&q=a')
  })

  it('changes the page and keeps the filters', () => {
    expect(change('page=3&q=a', { page: 4 })).toBe('q=a&page=4')
  })

  it('omits defaults from the URL and keeps unknown parameters', () => {
    expect(change('size=20&q=a&theirs=1', { page: 1, size: 25, q: '' })).toBe('theirs=1')
  })
})

describe('withPreferences', () => {
  const sorts = { ...NO_SORTS, charts: { orderBy: 'updated', order: 'desc' } } as const
  const preferences = { pageSize: 50, density: 'dense', sorts } as const
  const complete = (search: string, sorted?: 'charts' | 'versions') =>
    withPreferences(new URLSearchParams(search), preferences, sorted).toString()

  it('applies the preferences if the URL has no values', () => {
    expect(complete('', 'charts')).toBe('size=50&orderBy=updated&order=desc')
    expect(complete('', 'versions')).toBe('size=50')
    expect(complete('')).toBe('size=50')
  })

  it('prefers the values of the URL', () => {
    expect(complete('size=10&orderBy=name', 'charts')).toBe('size=10&orderBy=name')
  })

  it('does not sort search results', () => {
    expect(complete('q=ng', 'charts')).toBe('q=ng&size=50')
  })
})
