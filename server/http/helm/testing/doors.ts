import { createHash } from 'node:crypto'
import type { TestChart } from '../../../../chart/testing/make-chart.ts'
import type { ListeningApp, WireAnswer, WireRequest } from '../../testing/listening-app.ts'
import { MULTIPART, multipart, type Part } from '../../testing/multipart.ts'
import { basic } from '../../testing/open-test-app.ts'

/** What goes in by a door: a package, and what belongs to it. */
export type Parcel = Pick<TestChart, 'name' | 'version' | 'fileName'> & {
  readonly bytes: Uint8Array
  readonly provenance?: string | undefined
}

/** Bytes that came out of a door, and the digest that the answer promised of them, bare hex. */
export interface Pulled {
  readonly bytes: Buffer
  readonly promised: string
}

/** The management API, as the console's upload dialog sends it, or as a script does that holds its cookie. */
export async function uploadByManagement(server: ListeningApp, namespace: string, parcel: Parcel, headers = {}) {
  const path = `/v1/instances/${server.instance}/projects/${namespace}/charts`
  const console = { Cookie: server.cookie, 'X-Requested-With': 'chartroom', 'Content-Type': MULTIPART }
  return server.send('POST', path, { headers: { ...console, ...headers }, body: [multipart(partsOf(parcel))] })
}

/** ChartMuseum's API, as `curl --form` sends it: with a length. */
export async function uploadByCurl(server: ListeningApp, namespace: string, parcel: Parcel) {
  const body = multipart(partsOf(parcel))
  const headers = { 'User-Agent': 'curl/8', 'Content-Type': MULTIPART, 'Content-Length': body.length }
  return send(server, 'POST', `/api/chartrepo/${namespace}/charts`, { headers, body: [body] })
}

/** The same as `helm cm-push --force` 0.10.4 was recorded: one part, under the whole path of a temporary file, chunked. */
export async function uploadByCmPush(server: ListeningApp, namespace: string, { fileName, bytes }: Parcel) {
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

function partsOf({ bytes, fileName, provenance }: Parcel): Part[] {
  const chart: Part = ['chart', bytes, fileName]
  return provenance === undefined ? [chart] : [chart, ['prov', provenance, `${fileName}.prov`]]
}

/** The file of a version at the classic repository, with what its entity tag promises. */
export function pullByClassic(server: ListeningApp, namespace: string, { fileName }: Pick<Parcel, 'fileName'>) {
  return pulled(send(server, 'GET', `/chartrepo/${namespace}/charts/${fileName}`))
}

/** The same at the management API. */
export function pullByManagement(server: ListeningApp, namespace: string, { fileName }: Pick<Parcel, 'fileName'>) {
  const path = `/v1/instances/${server.instance}/projects/${namespace}/charts/download/${encodeURIComponent(fileName)}`
  return pulled(server.send('GET', path, { headers: { Cookie: server.cookie } }))
}

async function pulled(asked: Promise<WireAnswer>): Promise<Pulled> {
  const { headers, body } = await must(asked, 200)
  if (Number(headers['content-length']) !== body.length) throw new Error('The answer is cut off.')
  return { bytes: body, promised: (headers.etag ?? '').replaceAll('"', '') }
}

export const hexOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export async function must(asked: Promise<WireAnswer>, status: number): Promise<WireAnswer> {
  const answer = await asked
  if (answer.status !== status) throw new Error(`${answer.status} ${answer.reason}: ${answer.body}`)
  return answer
}

/** With the administrator's name and password at once, as classic clients do. */
function send(server: ListeningApp, method: string, path: string, { headers, body = [] }: WireRequest = {}) {
  return server.send(method, path, { headers: { Authorization: basic(), ...headers }, body })
}
