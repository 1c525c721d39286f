import { setImmediate } from 'node:timers/promises'
import { digestOfHex } from '../../blobs/digest.ts'
import { prepared } from '../../db/prepared.ts'
import { isStored } from '../blobs/stored-blobs.ts'
import { findVersion, type VersionRecord } from '../charts/version-queries.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { type Candidate, type Decision, decidePublication } from './decide-publication.ts'

/** A file to preview. Digests are 64 hex digits. */
export interface PreviewedFile {
  readonly fileName: string
  readonly sha256: string
  readonly provenanceSha256: string | null
  /** Null if the archive could not be read. */
  readonly chart: { readonly name: string; readonly version: string } | null
}

/** Effect of publishing the file: an outcome, or the error. `restored`: its blob is missing and would be restored. */
export interface PublicationPreview {
  readonly effect: Decision['outcome'] | 'restored' | RegistryError
  /** The current version of the same chart name and version. */
  readonly present: VersionRecord | undefined
}

/** Files decided before yielding to the event loop. */
const CHUNK = 50

/**
 * Returns for each file, in the given order, the decision of {@link decidePublication} if it were published now. Writes
 * nothing. Throws `namespace-missing`; errors of a single file are part of its preview.
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
  // An unreadable archive is previewed as the version that is stored under its file name.
  const chart = file.chart ?? stored
  if (!chart) return { effect: 'created', present: undefined }
  const isStored = stored?.name === chart.name && stored.version === chart.version
  const present = isStored ? await findVersion(read, stored.chart_id, stored.version) : undefined
  const effect = await effectOf(registry, {
    instance: call.instance,
    namespace: namespace.name,
    name: chart.name,
    version: chart.version,
    digest: digestOfHex(file.sha256),
    provenanceDigest: file.provenanceSha256 === null ? null : digestOfHex(file.provenanceSha256),
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
