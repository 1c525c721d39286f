import { expect, test } from 'vitest'
import { nextSorting } from './table-sorting.ts'

test('sorts a column ascending, then descending, then not at all', () => {
  const up = nextSorting({}, 'name')
  expect(up).toEqual({ orderBy: 'name', order: 'asc' })
  const down = nextSorting(up, 'name')
  expect(down).toEqual({ orderBy: 'name', order: 'desc' })
  expect(nextSorting(down, 'name')).toEqual({ orderBy: undefined, order: undefined })
})

test('sorts a date newest first, then oldest first, then not at all', () => {
  const newest = nextSorting({ orderBy: 'name', order: 'desc' }, 'created', 'desc')
  expect(newest).toEqual({ orderBy: 'created', order: 'desc' })
  const oldest = nextSorting(newest, 'created', 'desc')
  expect(oldest).toEqual({ orderBy: 'created', order: 'asc' })
  expect(nextSorting(oldest, 'created', 'desc')).toEqual({ orderBy: undefined, order: undefined })
})

test('starts with ascending order on another column', () => {
  expect(nextSorting({ orderBy: 'name', order: 'desc' }, 'versions')).toEqual({ orderBy: 'versions', order: 'asc' })
})
