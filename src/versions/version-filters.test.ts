import { describe, expect, test } from 'vitest'
import { changeListParams, readListParams } from '../ui/list-search-params.ts'
import { versionListFilters, versionListParams } from './version-filters.ts'

describe('version list in the URL', () => {
  test('shows all versions in default order without parameters', () => {
    expect(versionListFilters(read(''))).toEqual({
      query: '',
      page: 1,
      size: 25,
      orderBy: undefined,
      order: undefined,
      prereleases: true,
    })
  })

  test('reads back all values that it has written', () => {
    const view = {
      q: '1.2',
      page: 2,
      size: 20,
      orderBy: 'created',
      order: 'asc',
      prereleases: false,
      upload: true,
    } as const
    expect(read(changeListParams(versionListParams, new URLSearchParams(), view).toString())).toEqual(view)
  })

  test('showing pre-releases again removes the parameter', () => {
    const hidden = new URLSearchParams('prereleases=false')
    expect(changeListParams(versionListParams, hidden, { prereleases: true }).toString()).toBe('')
  })

  test('replaces invalid values by their defaults', () => {
    expect(read('prereleases=perhaps&page=-1&orderBy=size')).toMatchObject({ prereleases: true, page: 1 })
  })
})

function read(search: string) {
  return readListParams(versionListParams, new URLSearchParams(search))
}
