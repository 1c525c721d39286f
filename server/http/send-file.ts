import type { Context } from '../context.ts'
import type { StoredFile } from '../db/files.ts'
import { RegistryError } from '../registry/errors.ts'
import { parseRange } from './byte-range.ts'
import { matchesEntityTag } from './entity-tag.ts'
import type { HttpContext } from './http-env.ts'
import { attachment, bodyOf } from './send-stream.ts'

/** What ChartMuseum, and so the service, calls the two kinds of files. */
const CONTENT_TYPES: Readonly<Record<StoredFile['kind'], string>> = {
  archive: 'application/x-tar',
  provenance: 'application/pgp-signature',
}

/**
 * A stored file, whole or one range of it, or 304 when the client has it already. HEAD is answered before anything
 * is opened. The entity tag is the digest, as bare hex. Throws `range-unsatisfiable`.
 */
export async function sendFile(c: HttpContext, context: Context, file: StoredFile): Promise<Response> {
  const digest = file.digest.slice(file.digest.indexOf(':') + 1)
  const entityTag = `"${digest}"`
  c.header('ETag', entityTag)
  c.header('Last-Modified', new Date(file.created_at).toUTCString())
  c.header('Accept-Ranges', 'bytes')
  // The same name may hold other bytes tomorrow.
  c.header('Cache-Control', 'private, no-cache')
  if (matchesEntityTag(c.req.header('if-none-match'), entityTag)) return c.body(null, 304)

  const condition = c.req.header('if-range')
  const wanted = condition === undefined || condition === entityTag ? c.req.header('range') : undefined
  const range = parseRange(wanted, file.size)
  if (range === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${file.size}`)
    throw new RegistryError('range-unsatisfiable', { file: file.file_name, size: file.size })
  }
  const bytes = c.req.method === 'HEAD' ? null : await context.registry.blobs.read(file.digest, range ?? undefined)
  const length = range ? range.last - range.first + 1 : file.size
  c.header('Content-Type', CONTENT_TYPES[file.kind])
  c.header('Content-Disposition', attachment(file.file_name))
  c.header('Content-Length', String(length))
  if (range) c.header('Content-Range', `bytes ${range.first}-${range.last}/${file.size}`)
  const status = range ? 206 : 200
  return bytes ? c.body(bodyOf(c, context, bytes), status) : c.body(null, status)
}
