import type { Readable } from 'node:stream'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import { PROVENANCE_LIMIT } from '../../../chart/provenance.ts'
import type { Registry } from '../../registry/core/registry.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { discardStaged, type StagedArchive, stageArchive } from '../../registry/publishing/stage-archive.ts'

/** Bytes that a form may have beside the archive: the provenance file, unknown parts, boundaries. */
const FORM_OVERHEAD = PROVENANCE_LIMIT + 4 * 1024 * 1024
/** Maximum number of parts of a form. */
const PARTS_LIMIT = 50

/** Contents of an upload form. */
export interface UploadForm {
  readonly archive: StagedArchive | undefined
  readonly provenance: { readonly text: string } | undefined
}

/** Contents of an upload form with an archive. */
export interface ChartForm extends UploadForm {
  readonly archive: StagedArchive
}

/** As {@link readUploadForm}; throws `chart-part-missing` without an archive. */
export async function readChartForm(
  registry: Registry,
  contentType: string | undefined,
  body: Readable,
): Promise<ChartForm> {
  const { archive, provenance } = await readUploadForm(registry, contentType, body)
  if (!archive) throw new RegistryError('chart-part-missing')
  return { archive, provenance }
}

/**
 * Reads a multipart form with the optional parts `chart` (an archive, staged while it arrives) and `prov`, in any order.
 * Other parts are discarded. Reading stops at the first error; `body` is never destroyed, and nothing stays staged.
 * Throws `multipart-malformed`, `part-repeated`, `provenance-too-large`, `provenance-not-text`, `upload-cut-off`,
 * `body-too-large`, and the errors of {@link stageArchive}.
 */
export async function readUploadForm(
  registry: Registry,
  contentType: string | undefined,
  body: Readable,
): Promise<UploadForm> {
  const parser = formParser(contentType)
  let archive: Promise<StagedArchive> | undefined
  let provenance: Promise<string> | undefined
  let current: Readable | undefined
  const seen = new Set<string>()
  const readParts = new Promise<void>((resolve, reject) => {
    parser.on('file', (name, stream) => {
      current = stream
      // Errors surface where a part is read; a discarded part has no other reader.
      stream.on('error', () => {})
      if (name !== 'chart' && name !== 'prov') return void stream.resume()
      if (seen.has(name)) return reject(new RegistryError('part-repeated', { part: name }))
      seen.add(name)
      // A failure stops reading at once, without waiting for the rest of the body.
      if (name === 'chart') {
        archive = stageArchive(registry, stream)
        archive.catch(reject)
      } else {
        provenance = provenanceText(stream)
        provenance.catch(reject)
      }
    })
    parser.on('partsLimit', () => reject(new RegistryError('multipart-malformed')))
    parser.on('error', () => reject(new RegistryError('upload-cut-off')))
    parser.on('finish', resolve)
    feed(parser, body, registry.maxUploadBytes + FORM_OVERHEAD, reject)
  })
  try {
    await readParts
    const text = await provenance
    return { archive: await archive, provenance: text === undefined ? undefined : { text } }
  } catch (error) {
    body.unpipe(parser).pause()
    // Ends reads that still wait for bytes, so that the staged archive is removed before the response.
    current?.destroy(new RegistryError('upload-cut-off'))
    const [staged] = await Promise.allSettled([archive, provenance])
    if (staged.status === 'fulfilled' && staged.value) await discardStaged(registry, staged.value)
    throw error
  }
}

function formParser(contentType: string | undefined): BusboyInstance {
  if (!/^multipart\/form-data\s*;/i.test(contentType ?? '')) throw new RegistryError('multipart-malformed')
  try {
    const headers: BusboyHeaders = { 'content-type': contentType ?? '' }
    // Every part is treated as a file: clients leave the file name out, or declare an archive as text.
    return new Busboy({ headers, isPartAFile: () => true, limits: { parts: PARTS_LIMIT, headerPairs: 50 } })
  } catch {
    throw new RegistryError('multipart-malformed')
  }
}

/** Pipes the body into the parser and counts its bytes. Reports a broken connection, which does not end the body. */
function feed(parser: BusboyInstance, body: Readable, limit: number, fail: (error: RegistryError) => void): void {
  let size = 0
  body.on('data', (chunk: Uint8Array) => {
    size += chunk.length
    if (size > limit) fail(new RegistryError('body-too-large', { limit }))
  })
  const cutOff = () => {
    if (!body.readableEnded) fail(new RegistryError('upload-cut-off'))
  }
  body.on('error', cutOff).on('close', cutOff)
  body.pipe(parser)
}

/** Reads a provenance file as text. Throws `provenance-too-large`, `provenance-not-text`, and the errors of `bytes`. */
export async function provenanceText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > PROVENANCE_LIMIT) throw new RegistryError('provenance-too-large', { limit: PROVENANCE_LIMIT })
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new RegistryError('provenance-not-text')
  }
}
