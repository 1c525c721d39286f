import type { ClientProtocol } from './clients.ts'
import { type Guide, notesOf, step } from './guide.ts'
import { ociPath, repositoryUrl, resourceName, type Target } from './target.ts'

/**
 * Repository secret and Application for Argo CD. Source: Argo CD `docs/operator-manual/argocd-repositories.yaml`.
 */
export function argoCd(protocol: ClientProtocol, { address, namespace, account, chart }: Target): Guide {
  const isOci = protocol === 'oci'
  // Argo CD expects the address of an OCI registry without a scheme.
  const url = isOci ? ociPath(address, namespace) : repositoryUrl(address, namespace)
  const isPlainOci = isOci && address.scheme === 'http'
  return {
    blocked: null,
    steps: [
      step(
        'secret',
        'apiVersion: v1',
        'kind: Secret',
        'metadata:',
        `  name: ${resourceName(`chartroom-${namespace}`)}`,
        '  namespace: argocd',
        '  labels:',
        '    argocd.argoproj.io/secret-type: repository',
        'stringData:',
        '  type: helm',
        `  name: ${JSON.stringify(namespace)}`,
        `  url: ${url}`,
        isOci && '  enableOCI: "true"',
        isPlainOci && '  insecureOCIForceHttp: "true"',
        `  username: ${JSON.stringify(account)}`,
        '  password: PASSWORD',
      ),
      step(
        'deploy',
        'apiVersion: argoproj.io/v1alpha1',
        'kind: Application',
        'metadata:',
        `  name: ${resourceName(chart?.name ?? 'my-release')}`,
        '  namespace: argocd',
        'spec:',
        '  project: default',
        '  source:',
        `    repoURL: ${url}`,
        `    chart: ${JSON.stringify(chart?.name ?? 'CHART')}`,
        `    targetRevision: ${JSON.stringify(chart?.version ?? 'VERSION')}`,
        '  destination:',
        '    server: https://kubernetes.default.svc',
        '    namespace: default',
      ),
    ],
    notes: notesOf({ placeholders: !chart, password: true, 'argo-plain-http': isPlainOci }),
  }
}
