import { expect, it } from 'vitest'
import { instanceEndpoints } from '../../contract/ccr/instances.ts'
import { enUS } from '../i18n/en-US.ts'
import { fieldProblems, fieldSentence } from './field-problems.ts'

it('names the first problem of each field', () => {
  const body = { name: ' ', type: 'BASIC', tags: [{ tagKey: '', tagValue: 'a b' }] }
  expect(fieldProblems(instanceEndpoints.create.body, body)).toEqual({
    name: 'required',
    'tags.0.tagKey': 'required',
    'tags.0.tagValue': 'tag-characters',
  })
})

it('finds no problem in a valid body', () => {
  expect(fieldProblems(instanceEndpoints.create.body, { name: 'a', type: 'BASIC' })).toEqual({})
})

it('returns the sentence of a problem', () => {
  expect(fieldSentence('required', enUS)).toBe('Required.')
  expect(fieldSentence(undefined, enUS)).toBeUndefined()
})
