import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type HelmClient, KEY_NAME, KEYRING } from '../../../testing/helm-client.ts'

/** A package made by a real Helm. */
export interface HelmPackage {
  /** The folder of the chart, relative to the working directory of Helm. */
  readonly chart: string
  /** The package, relative to the working directory of Helm. */
  readonly file: string
  readonly bytes: Buffer
}

/** Writes a chart folder for Helm and returns its relative path. `text` makes the bytes of a version differ. */
export async function writeChart(helm: HelmClient, name: string, version: string, text = ''): Promise<string> {
  const chart = join('charts', `${name}-${version}`)
  const files = {
    'Chart.yaml': `apiVersion: v2\nname: ${name}\nversion: ${version}\ndescription: ${text}\n`,
    'values.yaml': 'replicas: 1\n',
    'templates/config-map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n',
  }
  for (const [path, content] of Object.entries(files)) {
    const file = join(helm.folder, chart, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  return chart
}

/** Runs `helm package`; with `sign`, the `.prov` is written beside the package. */
export async function packageChart(
  helm: HelmClient,
  name: string,
  version: string,
  { text = '', sign = false } = {},
): Promise<HelmPackage> {
  const chart = await writeChart(helm, name, version, text)
  const signed = sign ? ['--sign', '--key', KEY_NAME, '--keyring', KEYRING] : []
  await helm.do('package', chart, '--destination', 'packages', ...signed)
  const file = join('packages', `${name}-${version}.tgz`)
  return { chart, file, bytes: await helm.file(file) }
}
