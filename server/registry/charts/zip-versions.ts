import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { checkFileName } from '../../../chart/file-name.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import { checkBlob, type KnownBlob, openBlob } from '../blobs/stored-blobs.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { findChart } from './chart-queries.ts'
import { findVersions, type VersionFile } from './version-queries.ts'

/**
 * Returns versions of a chart as an uncompressed zip: each archive, its provenance file, and finally a `SHA256SUMS`
 * file for `sha256sum -c`. `length` is the exact size in bytes. Blobs are opened one at a time while the stream is
 * read.
 * Throws `namespace-missing`, `chart-missing`, `version-missing` with the first missing version, `blob-lost`.
 */
export async function zipVersions(
  registry: Registry,
  call: Call,
  request: { readonly namespace: string; readonly chart: string; readonly versions: readonly string[] },
): Promise<{ length: number; stream: Readable }> {
  const db = registry.database.read
  const namespace = await findNamespace(db, call.instance, request.namespace)
  if (!namespace) throw new RegistryError('namespace-missing', { namespace: request.namespace })
  const chart = await findChart(db, namespace.id, request.chart)
  if (!chart) throw new RegistryError('chart-missing', { namespace: namespace.name, chart: request.chart })
  const distinct = [...new Set(request.versions)]
  const versions = await findVersions(db, chart.id, distinct)
  const missing = distinct.find((version) => !versions.some((record) => record.version === version))
  if (missing !== undefined) throw new RegistryError('version-missing', { chart: chart.name, version: missing })
  const entries = versions.flatMap(entriesOf)
  for (const entry of entries) await checkBlob(registry, entry)
  return zip(registry, entries)
}

interface Entry {
  readonly name: string
  readonly digest: Digest
  readonly size: number
  readonly created: string
}

function entriesOf(version: VersionFile): Entry[] {
  checkFileName(version.name, version.version)
  const created = version.created_at
  const archive: Entry = { name: version.file_name, digest: version.digest, size: version.size, created }
  if (!version.provenance_digest || version.provenance_size === null) return [archive]
  const { provenance_digest: digest, provenance_size: size } = version
  return [archive, { name: `${version.file_name}.prov`, digest, size, created }]
}

const SUMS = 'SHA256SUMS'

/** Size of an entry in the central directory without its name, in bytes: the record and the extra time field. */
const DIRECTORY_RECORD = 46 + 9

async function zip(registry: Registry, entries: readonly Entry[]): Promise<{ length: number; stream: Readable }> {
  const file = new ZipFile()
  const output = file.outputStream as Readable // a PassThrough; the types say less
  const started = Promise.withResolvers<void>()
  let open: Readable | undefined
  const openEntry = async (blob: KnownBlob): Promise<Readable> => {
    // yazl requests the first entry at once, but the stream may never be read.
    await started.promise
    open = await openBlob(registry, blob)
    // The reader may have closed the stream meanwhile.
    if (output.destroyed) open.destroy()
    return open.on('error', (error) => file.emit('error', error))
  }
  for (const { name, digest, size, created } of entries) {
    file.addReadStreamLazy(name, optionsOf(created, size), (callback) => {
      openEntry({ digest, size }).then(
        (stream) => callback(null, stream),
        (error) => file.emit('error', error),
      )
    })
  }
  const newest = entries.reduce((latest, { created }) => (created > latest ? created : latest), '')
  file.addBuffer(Buffer.from(entries.map(checksumLine).join('')), SUMS, optionsOf(newest))
  const length = await end(file, [...entries.map(({ name }) => name), SUMS])

  async function* bytes(): AsyncGenerator<Uint8Array> {
    file.on('error', (error) => output.destroy(error))
    started.resolve()
    try {
      yield* output
    } finally {
      open?.destroy()
    }
  }
  return { length, stream: Readable.from(bytes(), { objectMode: false }) }
}

/** Options of an uncompressed regular file with this modification time. */
function optionsOf(created: string, size?: number) {
  return { compress: false, mtime: new Date(created), mode: 0o100644, ...(size !== undefined && { size }) }
}

/** Ends the zip and returns its total size in bytes. */
async function end(file: ZipFile, names: readonly string[]): Promise<number> {
  const directory = names.reduce((size, name) => size + DIRECTORY_RECORD + Buffer.byteLength(name), 0)
  // yazl computes the size with zip64 records from a directory of 64 KiB, but writes them only from 4 GiB.
  const options = { forceZip64Format: directory >= 0xffff, comment: '' }
  return new Promise((resolve) => {
    file.end(options, resolve as () => void) // it receives the length, which the types omit
  })
}

/** A line in the format of sha256sum. A leading backslash marks a name with escaped backslashes or line breaks. */
function checksumLine({ name, digest }: Entry): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return `${escaped === name ? '' : '\\'}${hexOfDigest(digest)}  ${escaped}\n`
}
