import { archiveFileName } from '../../chart/file-name.ts'
import { tagOfVersion } from '../../chart/oci-names.ts'
import type { Client } from './clients.ts'
import { type Guide, notesOf, step } from './guide.ts'
import { loginLine, plainHttp } from './sign-in.ts'
import { ociPath, resourceName, shellWord, type Target } from './target.ts'

const PREPARE = step('prepare', 'export HELM_EXPERIMENTAL_OCI=1')

/** Commands of Helm 3.7 and later (`helm push`). Source: recorded requests of each client; helm `cmd/helm/push.go`. */
export function ociHelm(client: Client, target: Target): Guide {
  const { address, namespace, chart, account } = target
  const plain = plainHttp(client, address)
  const { name, version, file } = namesOf(target)
  const repository = `oci://${ociPath(address, namespace)}/${name}`
  const takesDigests = client === 'helm-4' || client === 'helm-3.8'
  const digest = takesDigests ? chart?.manifestDigest : null
  return {
    blocked: null,
    steps: [
      ...(client === 'helm-3.7' ? [PREPARE] : []),
      step('login', loginLine(client, address, account)),
      step('push', `helm push ${file} oci://${ociPath(address, namespace)}${plain}`),
      step('pull', `helm pull ${repository} --version ${version}${plain}`),
      ...(digest ? [step('pull-by-digest', `helm pull ${repository}@${digest}${plain}`)] : []),
      step(
        'install',
        `helm install ${resourceName(chart?.name ?? 'my-release')} ${repository} --version ${version}${plain}`,
      ),
    ],
    notes: notesOf({
      placeholders: chart === null,
      'plain-http': client === 'helm-3.8' && plain !== '',
      plus: chart?.version.includes('+') ?? false,
      'digest-since': client === 'helm-3.8' && Boolean(digest),
      'provenance-beside': true,
    }),
  }
}

/** Commands of Helm 3.0 to 3.6 (`helm chart …`), which keeps charts in a local cache. */
export function legacyHelm(target: Target): Guide {
  const { address, namespace, chart, account } = target
  const { name, version } = namesOf(target)
  const reference = `${ociPath(address, namespace)}/${name}:${tagOfVersion(version)}`
  // Only charts pushed by such a Helm have the layer type that it pulls.
  const isPushedOtherwise = chart !== null && chart.protocol !== null && chart.protocol !== 'oci'
  return {
    blocked: null,
    steps: [
      PREPARE,
      step('login', loginLine('helm-3', address, account)),
      step('push', `helm chart save ./${name} ${reference}`, `helm chart push ${reference}`),
      ...(isPushedOtherwise
        ? []
        : [
            step('pull', `helm chart pull ${reference}`, `helm chart export ${reference}`),
            step('install', `helm install ${resourceName(chart?.name ?? 'my-release')} ./${name}`),
          ]),
    ],
    notes: notesOf({
      placeholders: chart === null,
      'legacy-other-protocol': isPushedOtherwise,
      'legacy-layer': !isPushedOtherwise,
      plus: chart?.version.includes('+') ?? false,
    }),
  }
}

/** Shell words for the chart's name, version and archive file; placeholders without a chart. */
export function namesOf({ chart }: Target): { name: string; version: string; file: string } {
  if (!chart) return { name: 'CHART', version: 'VERSION', file: 'CHART-VERSION.tgz' }
  const { name, version } = chart
  return { name: shellWord(name), version: shellWord(version), file: shellWord(archiveFileName(name, version)) }
}
