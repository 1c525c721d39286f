import { setImmediate } from 'node:timers/promises'
import { prepared } from '../../db/prepared.ts'
import { isStored } from '../blobs/stored-blobs.ts'
import { findVersion, type VersionRecord } from '../charts/version-queries.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { type Candidate, type Decision, decidePublication } from './decide-publication.ts'

/** A file that could be published. Digests are bare hex. */
export interface PreviewedFile {
  readonly fileName: string
  readonly sha256: string
  readonly provenanceSha256: string | null
  /** Null where the archive could not be read. */
  readonly chart: { readonly name: string; readonly version: string } | null
}

/** What publishing the file would do: an outcome, or the refusal. */
export interface PublicationPreview {
  readonly effect: Decision['outcome'] | 'restored' | RegistryError
  /** The version that is stored now under the same chart name and version. */
  readonly present: VersionRecord | undefined
}

/** Files decided before other requests get a turn. */
const CHUNK = 50

/**
 * Decides for each file what {@link decidePublication} would decide if it were published now, in the order given.
 * Writes nothing. Throws what is not about a single file: `namespace-missing`.
 */
export async function previewPublications(
  registry: Registry,
  call: Call,
  namespace: { readonly id: string; readonly name: string },
  files: readonly PreviewedFile[],
): Promise<PublicationPreview[]> {
  const previews: PublicationPreview[] = []
  for (const file of files) {
    if (previews.length % CHUNK === CHUNK - 1) await setImmediate()
    previews.push(await previewOne(registry, call, namespace, file))
  }
  return previews
}

async function previewOne(
  registry: Registry,
  call: Call,
  namespace: { readonly id: string; readonly name: string },
  file: PreviewedFile,
): Promise<PublicationPreview> {
  const { read } = registry.database
  const [stored] = await versionOfFile(read, { namespace: namespace.id, file: file.fileName })
  // Without its own name and version, an archive is taken for the one that is stored under its file name.
  const chart = file.chart ?? stored
  if (!chart) return { effect: 'created', present: undefined }
  const isStored = stored?.name === chart.name && stored.version === chart.version
  const present = isStored ? await findVersion(read, stored.chart_id, stored.version) : undefined
  const effect = await effectOf(registry, {
    instance: call.instance,
    namespace: namespace.name,
    name: chart.name,
    version: chart.version,
    digest: `sha256:${file.sha256}`,
    provenanceDigest: file.provenanceSha256 === null ? null : `sha256:${file.provenanceSha256}`,
    precondition: undefined,
    replaces: true,
  })
  return { effect, present }
}

const versionOfFile = prepared((db, { namespace, file }: { namespace: string; file: string }) =>
  db
    .selectFrom('versions')
    .innerJoin('charts', 'charts.id', 'versions.chart_id')
    .select(['charts.name', 'versions.version', 'versions.chart_id'])
    .where('versions.namespace_id', '=', namespace)
    .where('versions.file_name', '=', file),
)

async function effectOf(registry: Registry, candidate: Candidate): Promise<PublicationPreview['effect']> {
  try {
    const decision = await decidePublication(registry.database.read, candidate)
    if (decision.outcome !== 'unchanged') return decision.outcome
    return (await isStored(registry, decision.current)) ? 'unchanged' : 'restored'
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'namespace-missing') return error
    throw error
  }
}
