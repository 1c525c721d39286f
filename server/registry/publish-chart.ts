import { archiveFileName } from '../../chart/file-name.ts'
import { ChartProblem } from '../../chart/problem.ts'
import { checkProvenance } from '../../chart/provenance.ts'
import type { Digest } from '../blobs/blob-store.ts'
import { insertUnneededBlob } from '../db/blobs.ts'
import type { Call } from './call.ts'
import { claimBlob } from './claim-blob.ts'
import { type Candidate, type Decision, decidePublication } from './decide-publication.ts'
import { RegistryError } from './errors.ts'
import type { Registry } from './registry.ts'
import { discardStaged, type StagedArchive, type StagedFile, stageUpload } from './stage-archive.ts'
import { writeVersion } from './write-version.ts'

/** What must be true of the version for it to be written. `ifMatch` is an archive digest, 64 hex digits. */
export type Precondition = { readonly ifNoneMatch: true } | { readonly ifMatch: string }

/** A chart to be published. Its archive is committed or discarded, whatever comes of it. */
export interface Publication {
  readonly namespace: string
  readonly archive: StagedArchive
  readonly provenance?: { readonly text: string } | undefined
  readonly precondition?: Precondition | undefined
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
 * Throws `chart-refused` for a provenance file that belongs to something else, and what {@link decidePublication}
 * throws; what is refused leaves nothing behind.
 */
export async function publishChart(registry: Registry, call: Call, publication: Publication): Promise<Published> {
  const { archive } = publication
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
    }
    const { outcome } = await decidePublication(registry.database.read, candidate)
    const published = { name, version, fileName, digest: archive.sha256 }
    if (outcome === 'unchanged') return { outcome, ...published }
    await commit(registry, staged)
    return { outcome: await write(registry, call, candidate, archive, provenance), ...published }
  } finally {
    for (const file of staged) await discardStaged(registry, file)
  }
}

async function write(
  registry: Registry,
  call: Call,
  candidate: Candidate,
  archive: StagedArchive,
  provenance: StagedFile | undefined,
): Promise<Decision['outcome']> {
  const now = registry.now()
  try {
    return await registry.database.write(async (transaction) => {
      const decision = await decidePublication(transaction, candidate)
      if (decision.outcome !== 'unchanged') {
        await writeVersion(transaction, { call, candidate, decision, archive, provenance, now })
      }
      return decision.outcome
    })
  } catch (error) {
    // Somebody was faster. The bytes are kept already; the collector is told of them.
    await registry.database.write(async (transaction) => {
      for (const file of provenance ? [archive, provenance] : [archive]) {
        await insertUnneededBlob(transaction, { digest: digestOf(file), size: file.size, now })
      }
    })
    throw error
  }
}

async function stageProvenance(
  registry: Registry,
  { archive, provenance }: Publication,
  fileName: string,
): Promise<StagedFile | undefined> {
  if (!provenance) return undefined
  try {
    checkProvenance(provenance.text, { fileName, sha256: archive.sha256 })
  } catch (error) {
    throw error instanceof ChartProblem ? new RegistryError('chart-refused', {}, error) : error
  }
  const bytes = new TextEncoder().encode(provenance.text)
  return stageUpload(registry, once(bytes), bytes.length)
}

async function commit(registry: Registry, files: readonly StagedFile[]): Promise<void> {
  for (const file of files) {
    await claimBlob(registry, digestOf(file))
    await registry.blobs.commit(file.upload, digestOf(file))
  }
}

function digestOf(file: StagedFile): Digest {
  return `sha256:${file.sha256}`
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
