import { buffer } from 'node:stream/consumers'
import { isNamedByOci } from '../../../chart/oci-names.ts'
import { PROVENANCE_LIMIT } from '../../../chart/provenance.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { recordEvent } from '../audit/record-event.ts'
import { checkBlob, checkBytes, openBlob } from '../blobs/stored-blobs.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { RegistryError } from '../core/registry-error.ts'
import { findNamespace } from '../instances/namespace-queries.ts'
import { chartLayers, isChartManifest } from '../oci/chart-manifest.ts'
import { insertAlias, resolveDigest } from '../oci/digest-queries.ts'
import { ensureRepository } from '../oci/ensure-repository.ts'
import { manifestEvent } from '../oci/manifest-event.ts'
import { putUnownedTag } from '../oci/put-tag.ts'
import type { Descriptor, Manifest } from '../oci/read-manifest.ts'
import { findLinkedBlob } from '../oci/repository-queries.ts'
import { storeManifest } from '../oci/store-manifest.ts'
import { type Publication, publishChart } from './publish-chart.ts'
import { readStoredArchive } from './stage-archive.ts'

/** A manifest that a client pushes to a repository. */
export interface ManifestToPut {
  readonly namespace: Pick<NamespaceRow, 'id' | 'name'>
  /** Name of the repository below the namespace. */
  readonly name: string
  readonly manifest: Manifest
  /** Null if the manifest is pushed by its digest. */
  readonly tag: string | null
  /** SHA-512 digest of the manifest if it is pushed by that; else null. */
  readonly alias: `sha512:${string}` | null
}

/**
 * Stores a manifest and its tag. A chart manifest pushed by a tag to the repository of its name is a publication: the
 * tag of its version publishes or replaces the version, another tag publishes a missing version but replaces none.
 * Throws `namespace-missing`, `repository-quota`, `manifest-blob-missing`, `manifest-blob-lost`, `manifest-invalid`,
 * `tag-of-version`; for a chart also the errors of {@link publishChart} and {@link readStoredArchive}.
 */
export async function putManifest(registry: Registry, call: Call, request: ManifestToPut): Promise<void> {
  await checkParts(registry, request)
  const publication = await readPublication(registry, request)
  if (publication) {
    await publishChart(registry, call, publication)
    return
  }
  const now = registry.now()
  const { name, manifest, tag, alias } = request
  await registry.database.write(async (transaction) => {
    const namespace = await findNamespace(transaction, call.instance, request.namespace.name)
    if (!namespace) throw new RegistryError('namespace-missing', { namespace: request.namespace.name })
    const repository = await ensureRepository(transaction, namespace, name, { kind: 'artifact', now })
    const names = `${namespace.name}/${name}`
    const { id: manifestId, isNew } = await storeManifest(transaction, { manifest, repository, names, call, now })
    if (alias) await insertAlias(transaction, alias, manifest.digest)
    const move =
      tag === null ? undefined : await putUnownedTag(transaction, namespace, repository, { tag, manifestId, now })
    const pushed = { namespace: namespace.name, name, digest: manifest.digest, isNew, tag: tag ?? undefined, move }
    const event = manifestEvent(pushed)
    if (event) await recordEvent(transaction, call, event, now)
  })
}

/** Checks that the store contains the blobs and manifests that the manifest refers to. Throws `manifest-blob-lost`. */
async function checkParts(registry: Registry, { namespace, name, manifest }: ManifestToPut): Promise<void> {
  const { read } = registry.database
  for (const part of [...(manifest.config ? [manifest.config] : []), ...manifest.layers, ...manifest.manifests]) {
    const digest = await resolveDigest(read, part.digest)
    const blob = digest && (await findLinkedBlob(read, { namespaceId: namespace.id, name }, digest))
    if (blob) await checkBlob(registry, blob, 'manifest-blob-lost')
  }
}

/** Returns the publication of a chart manifest; undefined if the manifest is only stored. */
async function readPublication(registry: Registry, request: ManifestToPut): Promise<Publication | undefined> {
  const { namespace, name, manifest, tag } = request
  if (!isChartManifest(manifest)) return undefined
  // Checks the layers of every chart manifest, because helm can pull it even if it publishes no version.
  const layers = chartLayers(manifest)
  if (tag === null || name.includes('/')) return undefined
  const chart = await findLayer(registry, request, layers.chart)
  const archive = await readStoredArchive(registry, chart.digest, chart.size)
  const { metadata } = archive
  if (metadata.name !== name || !isNamedByOci(namespace.name, name, metadata.version)) return undefined
  const provenance = layers.provenance && (await readProvenance(registry, request, layers.provenance))
  return { namespace: namespace.name, archive, provenance, pushed: { manifest, tag } }
}

async function findLayer(
  registry: Registry,
  { namespace, name }: ManifestToPut,
  layer: Descriptor,
): Promise<{ digest: Digest; size: number }> {
  const { read } = registry.database
  const digest = await resolveDigest(read, layer.digest)
  const blob = digest && (await findLinkedBlob(read, { namespaceId: namespace.id, name }, digest))
  if (blob) return blob
  throw new RegistryError('manifest-blob-missing', { digest: layer.digest, repository: `${namespace.name}/${name}` })
}

async function readProvenance(
  registry: Registry,
  request: ManifestToPut,
  layer: Descriptor,
): Promise<NonNullable<Publication['provenance']>> {
  const { digest, size } = await findLayer(registry, request, layer)
  if (size > PROVENANCE_LIMIT) throw new RegistryError('provenance-too-large', { limit: PROVENANCE_LIMIT })
  await checkBytes(registry, { digest, size }, 'manifest-blob-lost')
  const bytes = await buffer(await openBlob(registry, { digest, size }))
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { text, file: { upload: null, size, sha256: hexOfDigest(digest) } }
  } catch {
    throw new RegistryError('provenance-not-text')
  }
}
