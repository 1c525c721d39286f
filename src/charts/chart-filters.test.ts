import { describe, expect, test } from 'vitest'
import { changeListParams, readListParams } from '../ui/list-search-params.ts'
import { chartListFilters, chartListParams } from './chart-filters.ts'

describe('URL parameters of the chart list', () => {
  test('default to the first page of all namespaces', () => {
    expect(chartListFilters(read(''))).toEqual({
      namespace: undefined,
      query: '',
      page: 1,
      size: 25,
      orderBy: undefined,
      order: undefined,
    })
    expect(read('').upload).toBe(false)
  })

  test('read back the state that was written', () => {
    const view = {
      namespace: 'team',
      q: 'ngx',
      page: 3,
      size: 50,
      orderBy: 'updated',
      order: 'desc',
      upload: true,
    } as const
    expect(read(changeListParams(chartListParams, new URLSearchParams(), view).toString())).toEqual(view)
  })

  test('fall back to their defaults one by one if invalid', () => {
    expect(read('namespace=&q=redis&page=two&size=5000&orderBy=colour&order=up&upload=maybe')).toEqual({
      namespace: undefined,
      q: 'redis',
      page: 1,
      size: 100,
      orderBy: undefined,
      order: undefined,
      upload: false,
    })
  })

  test('return to the first page on a new search, and keep a given page when the upload dialog opens', () => {
    const third = new URLSearchParams('page=3&q=a')
    expect(changeListParams(chartListParams, third, { q: 'b' }).toString()).toBe('q=b')
    expect(read(changeListParams(chartListParams, third, { upload: true, page: 3 }).toString()).page).toBe(3)
  })
})

function read(search: string) {
  return readListParams(chartListParams, new URLSearchParams(search))
}
