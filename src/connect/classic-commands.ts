import { archiveFileName } from '../../chart/file-name.ts'
import type { Client } from './clients.ts'
import { type Guide, notesOf, type Step, step } from './guide.ts'
import { namesOf } from './oci-commands.ts'
import { addRepositoryLine } from './sign-in.ts'
import { repositoryUrl, resourceName, shellWord, type Target, uploadUrl } from './target.ts'

/** Commands for the classic chart repository: with helm, the cm-push plugin or curl. */
export function classicClient(client: Client, target: Target): Guide {
  if (client === 'curl') return curl(target)
  if (client === 'cm-push') return cmPush(target)
  if (client === 'helm-2') return helm2(target)
  const steps = [addRepository(target), pushWithCurl(target), update(client, target), ...pullAndInstall(target)]
  return { blocked: null, steps, notes: notesOf({ placeholders: !target.chart, 'push-with-curl': true }) }
}

function cmPush(target: Target): Guide {
  const { file } = namesOf(target)
  return {
    blocked: null,
    steps: [
      step('plugin', 'helm plugin install https://github.com/chartmuseum/helm-push'),
      addRepository(target),
      step('push', `helm cm-push ${file} ${target.namespace}`),
      update('cm-push', target),
      ...pullAndInstall(target),
    ],
    notes: notesOf({ placeholders: !target.chart, repackages: true, 'plugin-helm-4': true }),
  }
}

function helm2(target: Target): Guide {
  const { name, version, file } = namesOf(target)
  const chart = `${target.namespace}/${name}`
  const release = resourceName(target.chart?.name ?? 'my-release')
  return {
    blocked: null,
    steps: [
      step('plugin', 'helm plugin install https://github.com/chartmuseum/helm-push --version 0.9.0'),
      addRepository(target),
      step('push', `helm push ${file} ${target.namespace}`),
      update('helm-2', target),
      step('pull', `helm fetch ${chart} --version ${version}`),
      step('install', `helm install ${chart} --name ${release} --version ${version}`),
    ],
    notes: notesOf({ placeholders: !target.chart, repackages: true, 'helm-2-charts': true }),
  }
}

function curl(target: Target): Guide {
  const { address, namespace, account, chart } = target
  const { file } = namesOf(target)
  const inUrl = chart ? encodeURIComponent(archiveFileName(chart.name, chart.version)) : file
  const url = repositoryUrl(address, namespace)
  const command = `curl --fail-with-body --user ${shellWord(account)}`
  return {
    blocked: null,
    steps: [
      pushWithCurl(target),
      step('search', `${command} ${url}/index.yaml`),
      step('pull', `${command} --output ${file} ${shellWord(`${url}/charts/${inUrl}`)}`),
      step('install', `helm install ${resourceName(chart?.name ?? 'my-release')} ./${file}`),
    ],
    notes: notesOf({ placeholders: !chart }),
  }
}

function addRepository({ address, namespace, account }: Target): Step {
  return step('repository', addRepositoryLine(namespace, repositoryUrl(address, namespace), account))
}

/** Uploads as ChartMuseum clients do. The file name is quoted if curl would interpret its `;` or `,`. */
function pushWithCurl(target: Target): Step {
  const { address, namespace, account, chart } = target
  const file = chart ? archiveFileName(chart.name, chart.version) : 'CHART-VERSION.tgz'
  const field = shellWord(/[;,"\\]/.test(file) ? `chart=@"${file.replaceAll(/["\\]/g, '\\$&')}"` : `chart=@${file}`)
  const url = uploadUrl(address, namespace)
  return step('push', `curl --fail-with-body --user ${shellWord(account)} --form ${field} ${url}`)
}

/** Updates only this repository if the version of helm is new enough to accept its name. */
function update(client: Client, { namespace }: Target): Step {
  const one = client === 'helm-4' || client === 'helm-3.8' ? ` ${namespace}` : ''
  const search = client === 'helm-2' ? 'helm search' : 'helm search repo'
  return step('search', `helm repo update${one}`, `${search} ${namespace}/ --versions`)
}

function pullAndInstall(target: Target): Step[] {
  const { name, version } = namesOf(target)
  const chart = `${target.namespace}/${name}`
  const release = resourceName(target.chart?.name ?? 'my-release')
  return [
    step('pull', `helm pull ${chart} --version ${version}`),
    step('install', `helm install ${release} ${chart} --version ${version}`),
  ]
}
