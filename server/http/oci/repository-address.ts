import { isRepositoryName } from '../../../chart/oci-names.ts'
import { isInstanceId } from '../../../contract/domain/instance-id.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'

/** Parts of a repository name as clients write it: `[ID of an instance/]namespace[/name]`. */
export interface RepositoryAddress {
  readonly instanceId: string | undefined
  readonly namespace: string
  /** Name below the namespace; empty if there is none. */
  readonly name: string
}

/** Throws `repository-name-invalid`. */
export function parseRepository(text: string): RepositoryAddress {
  if (!isRepositoryName(text)) throw new RegistryError('repository-name-invalid', { repository: text })
  const [first = '', ...others] = text.split('/')
  const isInstance = isInstanceId(first)
  const [namespace = '', ...below] = isInstance ? others : [first, ...others]
  if (namespace === '') throw new RegistryError('repository-name-invalid', { repository: text })
  return { instanceId: isInstance ? first : undefined, namespace, name: below.join('/') }
}

/** Returns the name below the namespace. Throws `repository-missing` for a namespace, which is not a repository. */
export function repositoryOf({ name }: { readonly name: string }): string {
  const repository = parseRepository(name)
  if (repository.name === '') throw new RegistryError('repository-missing', { repository: name })
  return repository.name
}

/** As {@link repositoryOf} for a repository that the request may create. Throws `repository-name-invalid`. */
export function newRepositoryOf({ name }: { readonly name: string }): string {
  const repository = parseRepository(name)
  if (repository.name === '') throw new RegistryError('repository-name-invalid', { repository: name })
  return repository.name
}
