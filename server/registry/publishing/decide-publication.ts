import type { Kysely } from 'kysely'
import { archiveFileName } from '../../../chart/file-name.ts'
import type { Precondition } from '../../../contract/domain/precondition.ts'
import { QUOTAS } from '../../../contract/domain/quotas.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { digestOfHex } from '../../blobs/digest.ts'
import { prepared } from '../../db/prepared.ts'
import type { ChartRow, NamespaceRow, Schema } from '../../db/schema.ts'
import { findChart } from '../charts/chart-queries.ts'
import { findVersion, type VersionRecord } from '../charts/version-queries.ts'
import { RegistryError } from '../core/registry-error.ts'
import { countNamespacesAndCharts, findInstance } from '../instances/instance-queries.ts'
import { findNamespace } from '../instances/namespace-queries.ts'

/** A chart version to be published in a namespace. */
export interface Candidate {
  readonly instance: string
  readonly namespace: string
  readonly name: string
  readonly version: string
  readonly digest: Digest
  readonly provenanceDigest: Digest | null
  readonly precondition: Precondition | undefined
  /** Whether an existing version is replaced; false for a pushed tag that is not the tag of the version. */
  readonly replaces: boolean
}

/** Effect of publishing a candidate on the current state of the namespace. */
export type Decision = { readonly namespace: NamespaceRow } & (
  | { readonly outcome: 'created'; readonly chart: ChartRow | undefined }
  | { readonly outcome: 'replaced' | 'unchanged' | 'provenance-added'; readonly current: VersionRecord }
)

/**
 * Decides the effect of a publication, or throws. Called twice: before blobs are committed, so that a rejected
 * publication leaves none, and again in the transaction that writes the rows, where the decision is final.
 * Throws `namespace-missing`, `version-exists`, `version-changed`, `version-gone`, `version-immutable`,
 * `provenance-immutable`, `file-name-taken`, `chart-quota`.
 */
export async function decidePublication(db: Kysely<Schema>, candidate: Candidate): Promise<Decision> {
  const namespace = await findNamespace(db, candidate.instance, candidate.namespace)
  if (!namespace) throw new RegistryError('namespace-missing', { namespace: candidate.namespace })
  const chart = await findChart(db, namespace.id, candidate.name)
  const current = chart && (await findVersion(db, chart.id, candidate.version))
  if (current && !candidate.replaces) return { namespace, current, outcome: 'unchanged' }
  if (current?.digest === candidate.digest)
    return { namespace, current, outcome: outcomeOfSameArchive(candidate, namespace, current) }
  checkPrecondition(candidate, current)
  if (current) {
    if (namespace.immutable) throw new RegistryError('version-immutable', namesOf(candidate))
    return { namespace, current, outcome: 'replaced' }
  }
  await checkFileName(db, namespace, candidate)
  if (!chart) await checkQuota(db, candidate)
  return { namespace, chart, outcome: 'created' }
}

/** Outcome if the archive has the same digest: every precondition holds, because the requested state already exists. */
function outcomeOfSameArchive(
  candidate: Candidate,
  namespace: NamespaceRow,
  current: VersionRecord,
): 'unchanged' | 'provenance-added' {
  const { provenanceDigest } = candidate
  if (!provenanceDigest || provenanceDigest === current.provenance_digest) return 'unchanged'
  if (namespace.immutable && current.provenance_digest) {
    throw new RegistryError('provenance-immutable', namesOf(candidate))
  }
  return 'provenance-added'
}

function checkPrecondition(candidate: Candidate, current: VersionRecord | undefined): void {
  const { precondition } = candidate
  if (!precondition) return
  if ('ifNoneMatch' in precondition) {
    if (current) throw new RegistryError('version-exists', namesOf(candidate))
    return
  }
  if (!current) throw new RegistryError('version-gone', namesOf(candidate))
  if (current.digest !== digestOfHex(precondition.ifMatch))
    throw new RegistryError('version-changed', namesOf(candidate))
}

const versionsWithFile = prepared((db, { namespace, file }: { namespace: string; file: string }) =>
  db
    .selectFrom('versions')
    .innerJoin('charts', 'charts.id', 'versions.chart_id')
    .select(['charts.name', 'versions.version'])
    .where('versions.namespace_id', '=', namespace)
    .where('versions.file_name', '=', file),
)

async function checkFileName(db: Kysely<Schema>, namespace: NamespaceRow, candidate: Candidate): Promise<void> {
  const file = archiveFileName(candidate.name, candidate.version)
  const [other] = await versionsWithFile(db, { namespace: namespace.id, file })
  if (!other) return
  const { name: otherChart, version: otherVersion } = other
  throw new RegistryError('file-name-taken', { ...namesOf(candidate), file, otherChart, otherVersion })
}

async function checkQuota(db: Kysely<Schema>, candidate: Candidate): Promise<void> {
  const instance = await findInstance(db, candidate.instance)
  if (!instance) throw new RegistryError('instance-missing', { instance: candidate.instance })
  const limit = QUOTAS[instance.type].chart
  const { chart } = await countNamespacesAndCharts(db, instance.id)
  if (chart >= limit) throw new RegistryError('chart-quota', { ...namesOf(candidate), limit })
}

function namesOf({ namespace, name, version }: Candidate): { namespace: string; chart: string; version: string } {
  return { namespace, chart: name, version }
}
