import { archiveFileName } from '../../../chart/file-name.ts'
import { isNamedByOci, tagOfVersion } from '../../../chart/oci-names.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { checkProvenance } from '../../../chart/provenance.ts'
import type { Precondition } from '../../../contract/domain/precondition.ts'
import { digestOfHex } from '../../blobs/digest.ts'
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

/** A chart to be published. Its staged archive is committed, or discarded on errors. */
export interface Publication {
  readonly namespace: string
  readonly archive: StagedArchive
  /** `file` is set if the file is already in the blob store. */
  readonly provenance?: { readonly text: string; readonly file?: StagedFile } | undefined
  readonly precondition?: Precondition | undefined
  /** Manifest that a client pushed, stored unchanged, and its tag. If undefined, a manifest is generated. */
  readonly pushed?: { readonly manifest: Manifest; readonly tag: string } | undefined
}

/** Result of a publication. `unchanged`: the same archive was already stored, and nothing was written. */
export interface Published {
  readonly outcome: Decision['outcome']
  readonly name: string
  readonly version: string
  readonly fileName: string
  /** Archive digest, 64 hex digits. */
  readonly digest: string
}

/**
 * Publishes a chart version; all APIs publish through this function. Blobs are committed before rows are written, so a
 * crash leaves unreferenced blobs but no row without its blob. When it returns, the version is durable and visible in
 * all APIs. A pushed manifest is stored and tagged even if the version does not change.
 * Throws `chart-refused` for a provenance file of another archive, the errors of {@link decidePublication}, and for a
 * pushed manifest those of {@link writePublication}. A rejected publication leaves nothing behind.
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
      digest: digestOfHex(archive.sha256),
      provenanceDigest: provenance ? digestOfHex(provenance.sha256) : null,
      precondition: publication.precondition,
      replaces: !pushed || pushed.tag === tagOfVersion(version),
    }
    await decidePublication(registry.database.read, candidate)
    const published = { name, version, fileName, digest: archive.sha256 }
    // Existing blobs are committed again too, which restores missing or damaged files.
    const generated = pushed ? undefined : await makeManifest(registry, publication.namespace, archive, provenance)
    if (generated) staged.push(generated.config)
    return {
      outcome: await commitAndWrite(registry, call, candidate, { archive, provenance, staged, generated, pushed }),
      ...published,
    }
  } finally {
    for (const file of staged) await discardStaged(registry, file)
  }
}

interface Parts {
  readonly archive: StagedArchive
  readonly provenance: StagedFile | undefined
  /** All files of the publication. */
  readonly staged: readonly StagedFile[]
  readonly generated: { readonly manifest: Manifest } | undefined
  readonly pushed: Publication['pushed']
}

/** Commits the blobs, then writes the rows. */
async function commitAndWrite(
  registry: Registry,
  call: Call,
  candidate: Candidate,
  parts: Parts,
): Promise<Decision['outcome']> {
  const files = parts.staged.map((file) => ({ ...file, digest: digestOfHex(file.sha256) }))
  const fresh = files.flatMap((file) => (file.upload === null ? [] : [{ ...file, upload: file.upload }]))
  using pins = new DisposableStack()
  for (const { digest } of fresh) pins.use(await pinBlob(registry, digest))
  await Promise.all(fresh.map(({ upload, digest }) => registry.blobs.commit(upload, digest)))
  const now = registry.now()
  try {
    return await registry.database.write(async (transaction) => {
      const decision = await decidePublication(transaction, candidate)
      await writePublication(transaction, { call, candidate, decision, files, now, ...parts })
      return decision.outcome
    })
  } catch (error) {
    // A concurrent publication was faster. The committed blobs get rows, so that they can be collected.
    await registry.database.write(async (transaction) => {
      for (const { digest, size } of fresh) await insertUnreferencedBlob(transaction, { digest, size, now })
    })
    throw error
  }
}

/** Generates the manifest of a chart and stages its config. Returns undefined if its name is not valid in OCI. */
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
    { digest: digestOfHex(archive.sha256), size: archive.size },
    provenance && { digest: digestOfHex(provenance.sha256), size: provenance.size },
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

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
