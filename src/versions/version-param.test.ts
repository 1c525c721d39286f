import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { readListParams } from '../ui/list-search-params.ts'
import { versionParam } from './version-param.ts'

const params = z.object({ version: z.optional(versionParam) })

test.each([
  ['version=1.5.0+build.7', '1.5.0+build.7'],
  ['version=1.5.0%2Bbuild.7', '1.5.0+build.7'],
  ['version=1.5.0%20build.7', '1.5.0+build.7'],
  ['version=1.5.0', '1.5.0'],
  ['version=', undefined],
  ['', undefined],
])('reads %s as %s', (search, version) => {
  expect(readListParams(params, new URLSearchParams(search))).toEqual({ version })
})
