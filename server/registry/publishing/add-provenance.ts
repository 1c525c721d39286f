import { ChartProblem } from '../../../chart/problem.ts'
import { checkBytes, openBlob } from '../blobs/stored-blobs.ts'
import { findFile, type StoredFile } from '../charts/file-queries.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { readProvenanceText } from '../reading/read-texts.ts'
import { type Published, publishChart } from './publish-chart.ts'
import { stageArchive } from './stage-archive.ts'

/**
 * Adds a provenance file, uploaded without its archive, to the version that it names: publishes the stored archive
 * again together with it. Throws `file-missing` if the version does not exist, `version-changed` if it is replaced
 * concurrently, `blob-lost` if its archive is missing from the store, and the errors of {@link publishChart}.
 */
export async function addProvenance(
  registry: Registry,
  call: Call,
  { namespace, text }: { readonly namespace: string; readonly text: string },
): Promise<Published> {
  const file = await findSigned(registry, call, namespace, await fileNames(registry, text))
  await checkBytes(registry, file, 'blob-lost')
  const archive = await stageArchive(registry, await openBlob(registry, file))
  const precondition = { ifMatch: archive.sha256 }
  return publishChart(registry, call, { namespace, archive, provenance: { text }, precondition })
}

/** Returns the first of the named files that exists. Throws `namespace-missing`, `file-missing`. */
async function findSigned(
  registry: Registry,
  call: Call,
  namespace: string,
  names: readonly string[],
): Promise<StoredFile> {
  const { read } = registry.database
  const row = await findNamespace(read, call.instance, namespace)
  if (!row) throw new RegistryError('namespace-missing', { namespace })
  for (const name of names) {
    const file = await findFile(read, row.id, name)
    if (file?.kind === 'archive') return file
  }
  throw new RegistryError('file-missing', { file: names[0] ?? '' })
}

/** Returns the names of the files that a provenance file signs, at most ten: helm signs one at a time. */
async function fileNames(registry: Registry, text: string): Promise<string[]> {
  try {
    return [...(await readProvenanceText(registry, text)).files.keys()].slice(0, 10)
  } catch (error) {
    throw error instanceof ChartProblem ? new RegistryError('chart-refused', {}, error) : error
  }
}
