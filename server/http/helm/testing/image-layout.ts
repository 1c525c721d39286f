import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { makeChart } from '../../../../chart/testing/make-chart.ts'
import { IMAGE, type TestDescriptor } from '../../oci/testing/oci-client.ts'

/** Descriptors of an image in a layout. */
export interface WrittenImage {
  readonly manifest: TestDescriptor
  readonly layer: TestDescriptor
}

/** Writes the OCI layout `folder/in` with one image per tag. OCI image-layout 1.0. */
export async function writeImages(folder: string, ...tags: readonly string[]): Promise<WrittenImage[]> {
  const layout = join(folder, 'in')
  await mkdir(join(layout, 'blobs', 'sha256'), { recursive: true })
  const write = async (mediaType: string, bytes: string | Uint8Array): Promise<TestDescriptor> => {
    const hex = hexOf(bytes)
    await writeFile(join(layout, 'blobs', 'sha256', hex), bytes)
    return { mediaType, digest: `sha256:${hex}`, size: Buffer.byteLength(bytes) }
  }
  const images: WrittenImage[] = []
  for (const tag of tags) {
    // A chart archive is a valid layer: a compressed tar.
    const { bytes } = await makeChart({ name: tag, version: '1.0.0' })
    const layer = await write('application/vnd.oci.image.layer.v1.tar+gzip', bytes)
    const rootfs = { type: 'layers', diff_ids: [`sha256:${hexOf(gunzipSync(bytes))}`] }
    const config = JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs, history: [{}] })
    const configured = await write('application/vnd.oci.image.config.v1+json', config)
    const manifest = { schemaVersion: 2, mediaType: IMAGE, config: configured, layers: [layer] }
    images.push({ manifest: await write(IMAGE, JSON.stringify(manifest)), layer })
  }
  const manifests = images.map(({ manifest }, at) => ({
    ...manifest,
    annotations: { 'org.opencontainers.image.ref.name': tags[at] },
  }))
  await writeFile(join(layout, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }))
  await writeFile(join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }))
  return images
}

function hexOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
