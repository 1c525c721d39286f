import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { dump } from 'js-yaml'
import { archiveFileName } from '../file-name.ts'
import { makeArchive } from './make-archive.ts'

/** A chart package made for a test, a benchmark or the demo. */
export interface TestChart {
  name: string
  version: string
  /** `NAME-VERSION.tgz` */
  fileName: string
  bytes: Uint8Array
  /** SHA-256 of `bytes`, in bare hex. */
  sha256: string
}

/** Contents of the package, in addition to a minimal chart. */
export interface TestChartOptions {
  name: string
  version: string
  /** Keys of Chart.yaml to add or override. */
  metadata?: Record<string, unknown>
  /** Files to add or override, by their path inside the chart. */
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
