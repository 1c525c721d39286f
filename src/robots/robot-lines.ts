import { addRepositoryLine, loginLineWithPassword } from '../connect/sign-in.ts'
import { type RegistryAddress, repositoryUrl, resourceName, shellWord } from '../connect/target.ts'
import type { RobotScope } from './robot-scope.ts'

/** A robot that has just got its secret, and where it is to use it. */
export interface RobotSecret {
  readonly address: RegistryAddress
  /** What the instance is called. */
  readonly instance: string
  readonly name: string
  readonly secret: string
  readonly scopes: readonly RobotScope[]
}

/** What a robot's secret is put into, ready to be copied; i18n has the titles. */
export function robotLines({ address, instance, name, secret, scopes }: RobotSecret) {
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

/** As `kubectl create secret docker-registry` makes it. Source: Kubernetes, "Docker config Secrets". */
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
    // Neither a robot's name nor its secret has a quote in it.
    `  .dockerconfigjson: '${config}'`,
  ].join('\n')
}
