import { archiveFileName } from '../../../chart/file-name.ts'
import { isNamedByOci, tagOfVersion } from '../../../chart/oci-names.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { checkProvenance } from '../../../chart/provenance.ts'
import type { Precondition } from '../../../contract/domain/precondition.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { insertUnreferencedBlob } from '../blobs/blob-rows.ts'
import { pinBlob } from '../blobs/pin-blob.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { makeChartManifest } from '../oci/chart-manifest.ts'
import type { Manifest } from '../oci/read-manifest.ts'
import { readProvenanceText } from '../reading/read-texts.ts'
import { type Candidate, type Decision, decidePublication } from './decide-publication.ts'
import { discardStaged, type StagedArchive, type StagedFile, stageUpload } from './stage-archive.ts'
import { writePublication } from './write-publication.ts'

/** A chart to be published. Its archive is committed or discarded, whatever comes of it. */
export interface Publication {
  readonly namespace: string
  readonly archive: StagedArchive
  /** `file`: where its bytes are in the store already. */
  readonly provenance?: { readonly text: string; readonly file?: StagedFile } | undefined
  readonly precondition?: Precondition | undefined
  /** The manifest that it came with, kept as it is, and the tag that it was put under. Without it one is made. */
  readonly pushed?: { readonly manifest: Manifest; readonly tag: string } | undefined
}

/** What came of it. `unchanged`: the same bytes were there, and nothing was written. */
export interface Published {
  readonly outcome: Decision['outcome']
  readonly name: string
  readonly version: string
  readonly fileName: string
  /** Archive digest, 64 hex digits. */
  readonly digest: string
}

/**
 * The one way in: every door publishes through here. Bytes first, rows after: a crash leaves bytes that nobody refers
 * to, never a row without its bytes. When it answers, the version survives a crash and is seen at every door.
 * A pushed manifest is kept even where the version stays as it is, and its tag is put.
 * Throws `chart-refused` for a provenance file that belongs to something else, what {@link decidePublication} throws,
 * and for a pushed manifest what {@link writePublication} throws; what is refused leaves nothing behind.
 */
export async function publishChart(registry: Registry, call: Call, publication: Publication): Promise<Published> {
  const { archive, pushed } = publication
  const { name, version } = archive.metadata
  const fileName = archiveFileName(name, version)
  const staged: StagedFile[] = [archive]
  try {
    const provenance = await stageProvenance(registry, publication, fileName)
    if (provenance) staged.push(provenance)
    const candidate: Candidate = {
      instance: call.instance,
      namespace: publication.namespace,
      name,
      version,
      digest: digestOf(archive),
      provenanceDigest: provenance ? digestOf(provenance) : null,
      precondition: publication.precondition,
      replaces: !pushed || pushed.tag === tagOfVersion(version),
    }
    await decidePublication(registry.database.read, candidate)
    const published = { name, version, fileName, digest: archive.sha256 }
    // Bytes that are there already are committed again too: that restores a file that is missing or damaged.
    const made = pushed ? undefined : await makeManifest(registry, publication.namespace, archive, provenance)
    if (made) staged.push(made.config)
    return {
      outcome: await keep(registry, call, candidate, { archive, provenance, staged, made, pushed }),
      ...published,
    }
  } finally {
    for (const file of staged) await discardStaged(registry, file)
  }
}

interface Parts {
  readonly archive: StagedArchive
  readonly provenance: StagedFile | undefined
  /** All files that there are. */
  readonly staged: readonly StagedFile[]
  readonly made: { readonly manifest: Manifest } | undefined
  readonly pushed: Publication['pushed']
}

/** Commits the bytes, then writes the rows. */
async function keep(registry: Registry, call: Call, candidate: Candidate, parts: Parts): Promise<Decision['outcome']> {
  const files = parts.staged.map((file) => ({ ...file, digest: digestOf(file) }))
  const fresh = files.flatMap((file) => (file.upload === null ? [] : [{ ...file, upload: file.upload }]))
  using claims = new DisposableStack()
  for (const { digest } of fresh) claims.use(await pinBlob(registry, digest))
  await Promise.all(fresh.map(({ upload, digest }) => registry.blobs.commit(upload, digest)))
  const now = registry.now()
  try {
    return await registry.database.write(async (transaction) => {
      const decision = await decidePublication(transaction, candidate)
      await writePublication(transaction, { call, candidate, decision, files, now, ...parts })
      return decision.outcome
    })
  } catch (error) {
    // Somebody was faster. The bytes are kept already; the collector is told of them.
    await registry.database.write(async (transaction) => {
      for (const { digest, size } of fresh) await insertUnreferencedBlob(transaction, { digest, size, now })
    })
    throw error
  }
}

/** The manifest of a chart that came in by another door than OCI's, and its config staged; none where OCI cannot express its name. */
async function makeManifest(
  registry: Registry,
  namespace: string,
  archive: StagedArchive,
  provenance: StagedFile | undefined,
): Promise<{ manifest: Manifest; config: StagedFile } | undefined> {
  const { name, version } = archive.metadata
  if (!isNamedByOci(namespace, name, version)) return undefined
  const { manifest, config } = makeChartManifest(
    archive.metadata,
    { digest: digestOf(archive), size: archive.size },
    provenance && { digest: digestOf(provenance), size: provenance.size },
  )
  return { manifest, config: await stageUpload(registry, once(config), config.length) }
}

async function stageProvenance(
  registry: Registry,
  { archive, provenance }: Publication,
  fileName: string,
): Promise<StagedFile | undefined> {
  if (!provenance) return undefined
  try {
    checkProvenance(await readProvenanceText(registry, provenance.text), { fileName, sha256: archive.sha256 })
  } catch (error) {
    throw error instanceof ChartProblem ? new RegistryError('chart-refused', {}, error) : error
  }
  if (provenance.file) return provenance.file
  const bytes = new TextEncoder().encode(provenance.text)
  return stageUpload(registry, once(bytes), bytes.length)
}

function digestOf(file: Pick<StagedFile, 'sha256'>): Digest {
  return `sha256:${file.sha256}`
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
