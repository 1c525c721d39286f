import type { ChartMetadata } from '../../../chart/metadata.ts'
import { isNamedByOci, tagOfVersion } from '../../../chart/oci-names.ts'
import { digestOfHex } from '../../blobs/digest.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import { insertLiveBlob } from '../blobs/blob-rows.ts'
import { pinBlob } from '../blobs/pin-blob.ts'
import type { Call } from '../core/call.ts'
import type { Registry } from '../core/registry.ts'
import { makeChartManifest } from '../oci/chart-manifest.ts'
import { ensureRepository } from '../oci/ensure-repository.ts'
import { putTag } from '../oci/put-tag.ts'
import { linkBlob, linkChart } from '../oci/repository-queries.ts'
import { storeManifest } from '../oci/store-manifest.ts'
import { stageUpload } from './stage-archive.ts'

/** Versions read at a time: the metadata of each may be a megabyte. */
const AT_ONCE = 20

/**
 * Creates manifests for versions published before the registry had them. Startup waits for it. If none is missing, it
 * reads only one index. Returns the number of created manifests.
 */
export async function makeMissingManifests(registry: Registry): Promise<number> {
  let made = 0
  for (let after = ''; ; ) {
    const versions = await listWithout(registry, after)
    for (const version of versions) {
      if (!isNamedByOci(version.namespace_name, version.name, version.version)) continue
      await makeManifest(registry, version)
      made++
    }
    const last = versions.at(-1)
    if (!last) return made
    after = last.id
  }
}

type VersionWithout = Awaited<ReturnType<typeof listWithout>>[number]

async function listWithout({ database }: Registry, after: string) {
  return database.read
    .selectFrom('versions')
    .innerJoin('archives', 'archives.id', 'versions.archive_id')
    .innerJoin('namespaces', 'namespaces.id', 'versions.namespace_id')
    .leftJoin('blobs', 'blobs.digest', 'archives.provenance_digest')
    .select(['versions.id', 'versions.namespace_id', 'namespaces.instance_id', 'namespaces.name as namespace_name'])
    .select(['archives.name', 'archives.version', 'archives.digest', 'archives.size', 'archives.metadata_json'])
    .select(['archives.provenance_digest', 'blobs.size as provenance_size', 'archives.pushed_by', 'archives.protocol'])
    .where('versions.manifest_id', 'is', null)
    .where('versions.id', '>', after)
    .orderBy('versions.id')
    .limit(AT_ONCE)
    .execute()
}

async function makeManifest(registry: Registry, version: VersionWithout): Promise<void> {
  const metadata: ChartMetadata = JSON.parse(version.metadata_json)
  const archive = { digest: version.digest, size: version.size }
  const provenance =
    version.provenance_digest && version.provenance_size !== null
      ? { digest: version.provenance_digest, size: version.provenance_size }
      : null
  const { manifest, config } = makeChartManifest(metadata, archive, provenance)
  const { upload, sha256, size } = await stageUpload(registry, once(config), config.length)
  const configBlob = { digest: digestOfHex(sha256), size }
  using _claim = await pinBlob(registry, configBlob.digest)
  await registry.blobs.commit(upload, configBlob.digest)
  const now = registry.now()
  const place: Pick<NamespaceRow, 'id' | 'instance_id' | 'name'> = {
    id: version.namespace_id,
    instance_id: version.instance_id,
    name: version.namespace_name,
  }
  await registry.database.write(async (transaction) => {
    await insertLiveBlob(transaction, { ...configBlob, now })
    const repository = await ensureRepository(transaction, place, version.name, { kind: 'chart', now })
    await linkChart(transaction, repository)
    for (const blob of [configBlob, archive, ...(provenance ? [provenance] : [])]) {
      await linkBlob(transaction, repository.id, blob.digest, now)
    }
    const names = `${version.namespace_name}/${version.name}`
    const { id: manifestId } = await storeManifest(transaction, {
      manifest,
      repository,
      names,
      call: callOf(version),
      now,
    })
    await putTag(transaction, repository, { tag: tagOfVersion(version.version), manifestId, now })
    await transaction
      .updateTable('versions')
      .set({ manifest_id: manifestId })
      .where('id', '=', version.id)
      .where('archive_id', 'in', (eb) => eb.selectFrom('archives').select('id').where('digest', '=', version.digest))
      .execute()
  })
}

/** Attributes the manifest to the caller that pushed the version. */
function callOf({ pushed_by, protocol, instance_id }: VersionWithout): Call {
  const credential = { kind: 'session' } as const
  const caller = {
    kind: 'account',
    id: '',
    name: pushed_by,
    role: 'member',
    grants: [],
    revision: 0,
    credential,
  } as const
  return { caller, instance: instance_id, protocol, address: '', userAgent: '', requestId: '' }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
