import { createHash } from 'node:crypto'
import type { TestChart } from '../../../../chart/testing/make-chart.ts'
import type { ListeningApp, WireAnswer, WireRequest } from '../../testing/listening-app.ts'
import { MULTIPART, multipart, type Part } from '../../testing/multipart.ts'
import { basic } from '../../testing/open-test-app.ts'

/** A chart archive to upload, and its provenance file. */
export type ChartUpload = Pick<TestChart, 'name' | 'version' | 'fileName'> & {
  readonly bytes: Uint8Array
  readonly provenance?: string | undefined
}

/** A downloaded archive, and the digest that the response claims for it, in hex without prefix. */
export interface Pulled {
  readonly bytes: Buffer
  readonly claimed: string
}

/** Uploads to the management API like the upload dialog of the console, or like a script with its cookie. */
export async function uploadByManagement(server: ListeningApp, namespace: string, upload: ChartUpload, headers = {}) {
  const path = `/v1/instances/${server.instance}/projects/${namespace}/charts`
  const console = { Cookie: server.cookie, 'X-Requested-With': 'chartroom', 'Content-Type': MULTIPART }
  return server.send('POST', path, { headers: { ...console, ...headers }, body: [multipart(partsOf(upload))] })
}

/** Uploads to the ChartMuseum API like `curl --form`: with a Content-Length. */
export async function uploadByCurl(server: ListeningApp, namespace: string, upload: ChartUpload) {
  const body = multipart(partsOf(upload))
  const headers = { 'User-Agent': 'curl/8', 'Content-Type': MULTIPART, 'Content-Length': body.length }
  return send(server, 'POST', `/api/chartrepo/${namespace}/charts`, { headers, body: [body] })
}

/** Uploads like a recorded `helm cm-push --force` 0.10.4: one chunked part, named after the full path of a temporary file. */
export async function uploadByCmPush(server: ListeningApp, namespace: string, { fileName, bytes }: ChartUpload) {
  const boundary = 'f9c1a8b2c4d6e8f00112233445566778899aabbccddeeff0011223344556'
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="chart"; filename="/tmp/helm-push-316294711/${fileName}"`,
    'Content-Type: application/octet-stream',
    '\r\n',
  ].join('\r\n')
  const headers = {
    'User-Agent': 'Go-http-client/1.1',
    'Transfer-Encoding': 'chunked',
    'Content-Type': `multipart/form-data; boundary=${boundary}`,
    'Accept-Encoding': 'gzip',
  }
  const body = [Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]
  return send(server, 'POST', `/api/chartrepo/${namespace}/charts?force`, { headers, body })
}

function partsOf({ bytes, fileName, provenance }: ChartUpload): Part[] {
  const chart: Part = ['chart', bytes, fileName]
  return provenance === undefined ? [chart] : [chart, ['prov', provenance, `${fileName}.prov`]]
}

/** Downloads from the classic repository, with the digest in the ETag. */
export function pullByClassic(server: ListeningApp, namespace: string, { fileName }: Pick<ChartUpload, 'fileName'>) {
  return pulled(send(server, 'GET', `/chartrepo/${namespace}/charts/${fileName}`))
}

/** Downloads from the management API, with the digest in the ETag. */
export function pullByManagement(server: ListeningApp, namespace: string, { fileName }: Pick<ChartUpload, 'fileName'>) {
  const path = `/v1/instances/${server.instance}/projects/${namespace}/charts/download/${encodeURIComponent(fileName)}`
  return pulled(server.send('GET', path, { headers: { Cookie: server.cookie } }))
}

async function pulled(response: Promise<WireAnswer>): Promise<Pulled> {
  const { headers, body } = await must(response, 200)
  if (Number(headers['content-length']) !== body.length) throw new Error('The response is truncated.')
  return { bytes: body, claimed: (headers.etag ?? '').replaceAll('"', '') }
}

export const hexOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export async function must(response: Promise<WireAnswer>, status: number): Promise<WireAnswer> {
  const answer = await response
  if (answer.status !== status) throw new Error(`${answer.status} ${answer.reason}: ${answer.body}`)
  return answer
}

/** Sends the administrator's Basic credentials with the first request, as classic clients do. */
function send(server: ListeningApp, method: string, path: string, { headers, body = [] }: WireRequest = {}) {
  return server.send(method, path, { headers: { Authorization: basic(), ...headers }, body })
}
