import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { checkFileName } from '../../../chart/file-name.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { streamOf } from '../../blobs/stream-of.ts'
import { checkBlob, type KnownBlob, openBlob } from '../blobs/stored-blobs.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { findChart } from './chart-queries.ts'
import { findVersions, type VersionFile } from './version-queries.ts'

/**
 * The named versions of a chart as one zip, not compressed: each archive, its provenance file, and last a `SHA256SUMS`
 * that `sha256sum -c` takes. `length` is exact. No blob is opened before the stream is read, and one at a time then.
 * Throws `namespace-missing`, `chart-missing`, and `version-missing` naming the first that is not there,
 * `blob-lost`.
 */
export async function zipVersions(
  registry: Registry,
  call: Call,
  wanted: { readonly namespace: string; readonly chart: string; readonly versions: readonly string[] },
): Promise<{ length: number; stream: Readable }> {
  const db = registry.database.read
  const namespace = await findNamespace(db, call.instance, wanted.namespace)
  if (!namespace) throw new RegistryError('namespace-missing', { namespace: wanted.namespace })
  const chart = await findChart(db, namespace.id, wanted.chart)
  if (!chart) throw new RegistryError('chart-missing', { namespace: namespace.name, chart: wanted.chart })
  const asked = [...new Set(wanted.versions)]
  const versions = await findVersions(db, chart.id, asked)
  const missing = asked.find((version) => !versions.some((record) => record.version === version))
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

/** What the central directory holds of an entry beside its name: the record, and the time in a field of its own. */
const DIRECTORY_RECORD = 46 + 9

async function zip(registry: Registry, entries: readonly Entry[]): Promise<{ length: number; stream: Readable }> {
  const file = new ZipFile()
  const output = file.outputStream as Readable // a PassThrough; the types say less
  const started = Promise.withResolvers<void>()
  let open: Readable | undefined
  const openEntry = async (blob: KnownBlob): Promise<Readable> => {
    // The first entry is asked for at once, and might never be read.
    await started.promise
    open = streamOf(await openBlob(registry, blob))
    // Whoever was to read it has gone meanwhile.
    if (output.destroyed) open.destroy()
    return open.on('error', (error) => file.emit('error', error))
  }
  for (const { name, digest, size, created } of entries) {
    file.addReadStreamLazy(name, optionsOf(created, size), (give) => {
      openEntry({ digest, size }).then(
        (stream) => give(null, stream),
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

/** A plain file of this time, not compressed. */
function optionsOf(created: string, size?: number) {
  return { compress: false, mtime: new Date(created), mode: 0o100644, ...(size !== undefined && { size }) }
}

/** Announces the length of the whole in bytes. */
async function end(file: ZipFile, names: readonly string[]): Promise<number> {
  const directory = names.reduce((size, name) => size + DIRECTORY_RECORD + Buffer.byteLength(name), 0)
  // yazl announces the long form of the ending from 64 KiB of directory on, and writes it from 4 GiB on.
  const options = { forceZip64Format: directory >= 0xffff, comment: '' }
  return new Promise((resolve) => {
    file.end(options, resolve as () => void) // it is told the length; the types do not say so
  })
}

/** A line of sha256sum's own format. A name with a backslash or a line break is escaped, and the line says so. */
function checksumLine({ name, digest }: Entry): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return `${escaped === name ? '' : '\\'}${digest.slice('sha256:'.length)}  ${escaped}\n`
}
