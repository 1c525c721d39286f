import type { Readable } from 'node:stream'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import { PROVENANCE_LIMIT } from '../../../chart/provenance.ts'
import type { Registry } from '../../registry/core/registry.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { discardStaged, type StagedArchive, stageArchive } from '../../registry/publishing/stage-archive.ts'

/** What the form may be larger than the archive: the provenance file, parts that nobody reads, boundaries. */
const FORM_OVERHEAD = PROVENANCE_LIMIT + 4 * 1024 * 1024
/** Parts of a form at most, whatever they are called. */
const PARTS_LIMIT = 50

/** What an upload form held. */
export interface UploadForm {
  readonly archive: StagedArchive | undefined
  readonly provenance: { readonly text: string } | undefined
}

/** What a form held that had an archive. */
export interface ChartForm extends UploadForm {
  readonly archive: StagedArchive
}

/** As {@link readUploadForm}; throws `chart-part-missing` too, when there is no archive. */
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
 * Reads a multipart form with the parts `chart` (an archive, staged as it comes in) and `prov`, each of them optional,
 * in any order; parts of another name are read and dropped. `body` is read no further than the first thing that is wrong,
 * and never destroyed. When it throws, nothing stays staged.
 * Throws `multipart-malformed`, `part-repeated`, `provenance-too-large`, `provenance-not-text`, `upload-cut-off`,
 * `body-too-large`, and what {@link stageArchive} throws.
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
      // An error is seen by whoever reads the part; a part that is dropped has nobody else.
      stream.on('error', () => {})
      if (name !== 'chart' && name !== 'prov') return void stream.resume()
      if (seen.has(name)) return reject(new RegistryError('part-repeated', { part: name }))
      seen.add(name)
      // Its failure ends the reading at once; what comes after it need not come in.
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
    // Wakes whoever still waits for bytes that will not be read, so that what is staged can be dropped before the answer.
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
    // Everything is a file: clients leave the file name out, or call an archive text.
    return new Busboy({ headers, isPartAFile: () => true, limits: { parts: PARTS_LIMIT, headerPairs: 50 } })
  } catch {
    throw new RegistryError('multipart-malformed')
  }
}

/** Pipes the body into the parser, counting. A connection that breaks does not end the body: it is told here. */
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

/** The text of a provenance file. Throws `provenance-too-large`, `provenance-not-text`, and what `bytes` throws. */
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
