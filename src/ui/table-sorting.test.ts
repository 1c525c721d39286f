import { expect, test } from 'vitest'
import { nextSorting } from './table-sorting.ts'

test('a column is sorted upwards, downwards, and not any more', () => {
  const up = nextSorting({}, 'name')
  expect(up).toEqual({ orderBy: 'name', order: 'asc' })
  const down = nextSorting(up, 'name')
  expect(down).toEqual({ orderBy: 'name', order: 'desc' })
  expect(nextSorting(down, 'name')).toEqual({ orderBy: undefined, order: undefined })
})

test('another column begins upwards', () => {
  expect(nextSorting({ orderBy: 'name', order: 'desc' }, 'created')).toEqual({ orderBy: 'created', order: 'asc' })
})
