import { describe, expect, test } from 'vitest'
import { changeListParams, readListParams } from '../ui/list-search-params.ts'
import { chartListFilters, chartListParams } from './chart-filters.ts'

describe('chart list in the address', () => {
  test('an address without anything is the first page of all namespaces', () => {
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

  test('everything about the view is read back as it was written', () => {
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

  test('values that mean nothing are their defaults, each alone', () => {
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

  test('another search begins at the first page, and opening the upload keeps the page it is given', () => {
    const third = new URLSearchParams('page=3&q=a')
    expect(changeListParams(chartListParams, third, { q: 'b' }).toString()).toBe('q=b')
    expect(read(changeListParams(chartListParams, third, { upload: true, page: 3 }).toString()).page).toBe(3)
  })
})

function read(search: string) {
  return readListParams(chartListParams, new URLSearchParams(search))
}
