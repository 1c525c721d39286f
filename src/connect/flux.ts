import { tagOfVersion } from '../../chart/oci-names.ts'
import type { ClientProtocol } from './clients.ts'
import { type Guide, notesOf, type Step, step } from './guide.ts'
import { ociPath, type RegistryAddress, repositoryUrl, resourceName, shellWord, type Target } from './target.ts'

const SECRET = 'chartroom'
const CHART_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'

/**
 * Secret, repository and release for Flux. Source: Flux `spec/v1/ocirepositories.md`, `helmrepositories.md`,
 * `v2/helmreleases.md`.
 */
export function flux(protocol: ClientProtocol, target: Target): Guide {
  const { address, account, chart } = target
  const notes = notesOf({ placeholders: !chart, password: true, 'flux-since': protocol === 'oci' })
  if (protocol === 'oci') return { blocked: null, steps: [registrySecret(address, account), ociRelease(target)], notes }
  const secret = `kubectl create secret generic ${SECRET} --namespace default --from-literal=username=${shellWord(account)} --from-literal=password=PASSWORD`
  return { blocked: null, steps: [step('secret', secret), repositoryRelease(target)], notes }
}

function registrySecret({ host }: RegistryAddress, account: string): Step {
  const flags = `--docker-server=${host} --docker-username=${shellWord(account)} --docker-password=PASSWORD`
  return step('secret', `kubectl create secret docker-registry ${SECRET} --namespace default ${flags}`)
}

function ociRelease({ address, namespace, chart }: Target): Step {
  const name = resourceName(chart?.name ?? 'my-release')
  const reference = chart?.manifestDigest
    ? `    digest: ${chart.manifestDigest}`
    : `    tag: ${JSON.stringify(tagOfVersion(chart?.version ?? 'VERSION'))}`
  return step(
    'deploy',
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: OCIRepository',
    ...metadata(name),
    'spec:',
    '  interval: 10m',
    `  url: oci://${ociPath(address, namespace)}/${chart?.name ?? 'CHART'}`,
    address.scheme === 'http' && '  insecure: true',
    '  ref:',
    reference,
    '  layerSelector:',
    `    mediaType: ${CHART_LAYER}`,
    '    operation: copy',
    '  secretRef:',
    `    name: ${SECRET}`,
    '---',
    ...release(name),
    '  chartRef:',
    '    kind: OCIRepository',
    `    name: ${name}`,
  )
}

function repositoryRelease({ address, namespace, chart }: Target): Step {
  const source = resourceName(`chartroom-${namespace}`)
  return step(
    'deploy',
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: HelmRepository',
    ...metadata(source),
    'spec:',
    '  interval: 10m',
    `  url: ${repositoryUrl(address, namespace)}`,
    '  secretRef:',
    `    name: ${SECRET}`,
    '---',
    ...release(resourceName(chart?.name ?? 'my-release')),
    '  chart:',
    '    spec:',
    `      chart: ${JSON.stringify(chart?.name ?? 'CHART')}`,
    `      version: ${JSON.stringify(chart?.version ?? 'VERSION')}`,
    '      sourceRef:',
    '        kind: HelmRepository',
    `        name: ${source}`,
  )
}

function metadata(name: string): string[] {
  return ['metadata:', `  name: ${name}`, '  namespace: default']
}

function release(name: string): string[] {
  return ['apiVersion: helm.toolkit.fluxcd.io/v2', 'kind: HelmRelease', ...metadata(name), 'spec:', '  interval: 10m']
}
