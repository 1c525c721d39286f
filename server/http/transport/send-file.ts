import type { StoredFile } from '../../registry/charts/file-queries.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'
import { parseRange } from './byte-range.ts'
import { matchesEntityTag } from './entity-tag.ts'
import { sendBlob } from './send-blob.ts'
import { attachment } from './send-stream.ts'

/** Content types, as ChartMuseum and the vendor's service send them. */
const CONTENT_TYPES: Readonly<Record<StoredFile['kind'], string>> = {
  archive: 'application/x-tar',
  provenance: 'application/pgp-signature',
}

/**
 * Sends a stored file or a range of it, or 304 if the client has it. The entity tag is the digest in bare hex. Throws
 * `range-unsatisfiable`, `blob-lost`.
 */
export async function sendFile(c: HttpContext, context: Context, file: StoredFile): Promise<Response> {
  const digest = file.digest.slice(file.digest.indexOf(':') + 1)
  const entityTag = `"${digest}"`
  const validators = {
    ETag: entityTag,
    'Last-Modified': new Date(file.created_at).toUTCString(),
    // The file may be replaced under the same name.
    'Cache-Control': 'private, no-cache',
  }
  if (matchesEntityTag(c.req.header('if-none-match'), entityTag)) return c.body(null, 304, validators)

  const condition = c.req.header('if-range')
  const requested = condition === undefined || condition === entityTag ? c.req.header('range') : undefined
  const headers = {
    ...validators,
    'Content-Type': CONTENT_TYPES[file.kind],
    'Content-Disposition': attachment(file.file_name),
  }
  return sendBlob(c, context, { ...file, name: file.file_name, headers }, parseRange(requested, file.size))
}
