import type { Way } from './clients.ts'
import { type Guide, notesOf, step } from './guide.ts'
import { ociPath, repositoryUrl, resourceName, type Target } from './target.ts'

/** A secret that lets Argo CD in, and an application of the chart. Source: Argo CD `docs/operator-manual/argocd-repositories.yaml`. */
export function argoCd(way: Way, { address, namespace, account, chart }: Target): Guide {
  const isOci = way === 'oci'
  // Argo CD knows an OCI registry by its address without a scheme.
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
