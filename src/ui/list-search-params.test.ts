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
  it('reads what the contract takes', () => {
    expect(read('page=3&size=20&q=ng&orderBy=charts&order=desc')).toEqual({
      page: 3,
      size: 20,
      q: 'ng',
      orderBy: 'charts',
      order: 'desc',
    })
  })

  it('takes the default of each bad value, and keeps the good ones', () => {
    expect(read('page=-1&size=x&orderBy=password&q=ng')).toMatchObject({
      page: 1,
      size: 25,
      orderBy: undefined,
      q: 'ng',
    })
  })
})

describe('changeListParams', () => {
  it('goes back to the first page when anything else changes', () => {
    expect(change('page=3&orderBy=name', { q: 'a' })).toBe('orderBy=name&q=a')
  })

  it('changes the page', () => {
    expect(change('page=3&q=a', { page: 4 })).toBe('q=a&page=4')
  })

  it('leaves defaults out of the address and keeps what is not its own', () => {
    expect(change('size=20&q=a&theirs=1', { page: 1, size: 25, q: '' })).toBe('theirs=1')
  })
})

describe('withPreferences', () => {
  const sorts = { ...NO_SORTS, charts: { orderBy: 'updated', order: 'desc' } } as const
  const preferences = { pageSize: 50, density: 'dense', sorts } as const
  const complete = (search: string, sorted?: 'charts' | 'versions') =>
    withPreferences(new URLSearchParams(search), preferences, sorted).toString()

  it('applies what the reader prefers where the URL says nothing', () => {
    expect(complete('', 'charts')).toBe('size=50&orderBy=updated&order=desc')
    expect(complete('', 'versions')).toBe('size=50')
    expect(complete('')).toBe('size=50')
  })

  it('leaves what the URL says', () => {
    expect(complete('size=10&orderBy=name', 'charts')).toBe('size=10&orderBy=name')
  })

  it('leaves a search in its own order', () => {
    expect(complete('q=ng', 'charts')).toBe('q=ng&size=50')
  })
})
