import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { dump } from 'js-yaml'
import { archiveFileName } from '../file-name.ts'
import { makeArchive } from './make-archive.ts'

/** A chart package made for a test, a measurement or a demonstration. */
export interface TestChart {
  name: string
  version: string
  /** `NAME-VERSION.tgz` */
  fileName: string
  bytes: Uint8Array
  /** Of `bytes`, bare hex. */
  sha256: string
}

/** What goes into the package; the rest is what `helm create` would leave at the least. */
export interface TestChartOptions {
  name: string
  version: string
  /** Further keys of Chart.yaml, or other values for those it has. */
  metadata?: Record<string, unknown>
  /** Further files by their path inside the chart, or other contents for those it has. */
  files?: Record<string, string | Uint8Array>
}

/** Builds a package that helm loads. The same options make the same bytes on the same platform. */
export async function makeChart(options: TestChartOptions): Promise<TestChart> {
  const { name, version } = options
  const files: Record<string, string | Uint8Array> = {
    'Chart.yaml': dump({ apiVersion: 'v2', name, version, type: 'application', ...options.metadata }),
    'values.yaml': 'replicas: 1\n',
    'templates/config-map.yaml': configMap,
    ...options.files,
  }
  const bytes = await makeArchive(Object.entries(files).map(([path, body]) => ({ name: `${name}/${path}`, body })))
  return { name, version, fileName: archiveFileName(name, version), bytes, sha256: bytesToHex(sha256(bytes)) }
}

const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  replicas: {{ .Values.replicas | quote }}
`
