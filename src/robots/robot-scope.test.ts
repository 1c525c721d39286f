import { expect, it } from 'vitest'
import { permissionsOf, scopesOf } from './robot-scope.ts'

const pull = (...namespaces: string[]) => permissionsOf({ push: false, namespaces })
const push = (...namespaces: string[]) => permissionsOf({ push: true, namespaces })

it('groups namespaces with the same permissions', () => {
  expect(scopesOf([])).toEqual([])
  expect(scopesOf(pull('*'))).toEqual([{ push: false, namespaces: null }])
  expect(scopesOf([...pull('a'), ...push('b'), ...pull('c')])).toEqual([
    { push: true, namespaces: ['b'] },
    { push: false, namespaces: ['a', 'c'] },
  ])
})

it('omits namespaces whose permissions are included in those for all namespaces', () => {
  expect(scopesOf([...push('*'), ...pull('a'), ...push('b')])).toEqual([{ push: true, namespaces: null }])
  expect(scopesOf([...pull('*'), ...pull('a'), ...push('b')])).toEqual([
    { push: false, namespaces: null },
    { push: true, namespaces: ['b'] },
  ])
})

it('converts a scope to permissions of the API', () => {
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
