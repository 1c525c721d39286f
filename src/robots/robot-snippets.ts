import { addRepositoryLine, loginLineWithPassword } from '../connect/sign-in.ts'
import { type RegistryAddress, repositoryUrl, resourceName, shellWord } from '../connect/target.ts'
import type { RobotScope } from './robot-scope.ts'

/** A robot, its new secret, and the registry to use it with. */
export interface RobotSecret {
  readonly address: RegistryAddress
  /** Name of the instance. */
  readonly instance: string
  readonly name: string
  readonly secret: string
  readonly scopes: readonly RobotScope[]
}

/** Ready-made commands and configuration that contain a robot's secret; their titles are i18n texts. */
export function robotSnippets({ address, instance, name, secret, scopes }: RobotSecret) {
  const namespaces = scopes.some((scope) => scope.namespaces === null)
    ? null
    : scopes.flatMap((s) => s.namespaces ?? [])
  const repositories = namespaces ?? ['']
  return {
    login: loginLineWithPassword('helm-4', address, name, secret),
    repository: repositories
      .map((namespace) =>
        addRepositoryLine(namespace || resourceName(instance), repositoryUrl(address, namespace), name, secret),
      )
      .join('\n'),
    kubernetes: kubernetesSecret(address.host, name, secret),
    environment: [
      `HELM_REGISTRY_HOST=${address.host}`,
      `HELM_REGISTRY_USERNAME=${shellWord(name)}`,
      `HELM_REGISTRY_PASSWORD=${shellWord(secret)}`,
    ].join('\n'),
  }
}

/** Same format as `kubectl create secret docker-registry`. Source: Kubernetes, "Docker config Secrets". */
function kubernetesSecret(host: string, username: string, password: string): string {
  const auth = btoa(`${username}:${password}`)
  const config = JSON.stringify({ auths: { [host]: { username, password, auth } } })
  return [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${resourceName(username)}`,
    'type: kubernetes.io/dockerconfigjson',
    'stringData:',
    // Neither names nor secrets of robots contain quotes.
    `  .dockerconfigjson: '${config}'`,
  ].join('\n')
}
