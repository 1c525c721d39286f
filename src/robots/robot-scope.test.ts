import { expect, it } from 'vitest'
import { permissionsOf, scopesOf } from './robot-scope.ts'

const pull = (...namespaces: string[]) => permissionsOf({ push: false, namespaces })
const push = (...namespaces: string[]) => permissionsOf({ push: true, namespaces })

it('says alike things once', () => {
  expect(scopesOf([])).toEqual([])
  expect(scopesOf(pull('*'))).toEqual([{ push: false, namespaces: null }])
  expect(scopesOf([...pull('a'), ...push('b'), ...pull('c')])).toEqual([
    { push: true, namespaces: ['b'] },
    { push: false, namespaces: ['a', 'c'] },
  ])
})

it('leaves out what everywhere says already', () => {
  expect(scopesOf([...push('*'), ...pull('a'), ...push('b')])).toEqual([{ push: true, namespaces: null }])
  expect(scopesOf([...pull('*'), ...pull('a'), ...push('b')])).toEqual([
    { push: false, namespaces: null },
    { push: true, namespaces: ['b'] },
  ])
})

it('is sent as the registry knows it', () => {
  expect(permissionsOf({ push: true, namespaces: null })).toEqual([
    {
      kind: 'project',
      namespace: '*',
      access: [
        { resource: 'repository', action: 'pull' },
        { resource: 'repository', action: 'push' },
      ],
    },
  ])
})
