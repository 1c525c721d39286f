import { isRepositoryName } from '../../../chart/oci-names.ts'
import type { Needs } from '../../../contract/domain/needs.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { ScopeAction } from '../../registry/sign-in/bearer-tokens.ts'
import type { DoorParams, HelmDoor } from '../helm/door-route.ts'

/** A repository as a client writes it, taken apart. */
export interface RepositoryAddress {
  readonly instanceId: string | undefined
  readonly namespace: string
  /** Below the namespace; empty where there is nothing below it. */
  readonly name: string
}

/** What a token must have been given out for. What needs nothing of a repository needs no scope. */
const ACTIONS: Partial<Record<Needs, ScopeAction>> = { read: 'pull', push: 'push', delete: 'delete' }

/** The OCI door: `/v2/<name>/…`, where the ID of an instance may be first in the name. */
export const ociDoor: HelmDoor = {
  name: 'oci',
  address: ({ name, instanceId }) => {
    if (name === undefined) return { instanceId }
    const { name: chart, ...repository } = parseRepository(name)
    return { ...repository, chart: chart || undefined }
  },
  covers: ({ scopes }, needs, { name }) => {
    const action = ACTIONS[needs]
    if (action === undefined || name === undefined) return true
    if (scopes.some((scope) => scope.name === name && scope.actions.includes(action))) return true
    throw new RegistryError('token-scope-missing')
  },
}

/** Throws `repository-name-invalid`. */
export function parseRepository(text: string): RepositoryAddress {
  if (!isRepositoryName(text)) throw new RegistryError('repository-name-invalid', { repository: text })
  const [first = '', ...others] = text.split('/')
  const isInstance = /^ccr-[0-9a-z]{8}$/.test(first)
  const [namespace = '', ...below] = isInstance ? others : [first, ...others]
  if (namespace === '') throw new RegistryError('repository-name-invalid', { repository: text })
  return { instanceId: isInstance ? first : undefined, namespace, name: below.join('/') }
}

/** The repository of a route, below its namespace. Throws `repository-missing`: a namespace alone is no repository. */
export function repositoryOf({ name = '' }: DoorParams): string {
  const repository = parseRepository(name)
  if (repository.name === '') throw new RegistryError('repository-missing', { repository: name })
  return repository.name
}

/** The same where something is to be made. Throws `repository-name-invalid`. */
export function newRepositoryOf({ name = '' }: DoorParams): string {
  const repository = parseRepository(name)
  if (repository.name === '') throw new RegistryError('repository-name-invalid', { repository: name })
  return repository.name
}
