import { randomBytes } from 'node:crypto'
import type { TestApp } from '../../testing/open-test-app.ts'
import { IMAGE, INDEX, type OciClient, ociClient, sha256, type TestDescriptor } from './oci-client.ts'

/** Manifest of a data set, with the digest under which it is pushed. */
export interface Item {
  readonly text: string
  readonly mediaType: string
  readonly digest: string
  /** If absent, the manifest is pushed only by digest. */
  readonly tag?: string
  readonly subject?: string
  /** As expected in the list of referrers. */
  readonly artifactType?: string
  readonly annotations?: Record<string, string>
}

/** Manifests, in the order in which they are pushed, and their blobs. */
export interface DataSet {
  readonly items: Item[]
  readonly blobs: string[]
}

export const CONFIG = 'application/vnd.oci.image.config.v1+json'
export const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip'
export const EMPTY = 'application/vnd.oci.empty.v1+json'

/** Builds a data set for a repository: pushes the blobs and collects the manifests. */
export class DataSetBuilder implements DataSet {
  readonly #client: OciClient
  readonly #repository: string
  readonly items: Item[] = []
  readonly blobs: string[] = []

  constructor(server: TestApp, repository: string) {
    this.#client = ociClient(server)
    this.#repository = repository
  }

  async blob(mediaType: string, bytes: string | Uint8Array = randomBytes(256)): Promise<TestDescriptor> {
    const descriptor = await this.#client.pushBlob(this.#repository, bytes, mediaType)
    this.blobs.push(descriptor.digest)
    return descriptor
  }

  /** Adds a manifest; returns its descriptor. */
  manifest(fields: object, options: Partial<Item> & { digestOf?: typeof sha256 } = {}): TestDescriptor {
    const { digestOf = sha256, mediaType = IMAGE, ...others } = options
    const text = JSON.stringify({ schemaVersion: 2, mediaType, ...fields })
    const digest = digestOf(text)
    this.items.push({ text, mediaType, digest, ...others })
    return { mediaType, digest, size: text.length }
  }

  async image(options: Partial<Item> = {}, fields: object = {}): Promise<TestDescriptor> {
    const config = await this.blob(CONFIG, JSON.stringify({ architecture: 'amd64', os: 'linux', nonce: Math.random() }))
    return this.manifest({ config, layers: [await this.blob(LAYER), await this.blob(LAYER)], ...fields }, options)
  }

  async artifact(artifactType: string, options: Partial<Item> = {}, fields: object = {}): Promise<TestDescriptor> {
    const config = await this.blob(EMPTY, '{}')
    const layers = [await this.blob('text/plain')]
    return this.manifest({ artifactType, config, layers, ...fields }, { artifactType, ...options })
  }

  index(manifests: TestDescriptor[], options: Partial<Item> = {}, fields: object = {}): TestDescriptor {
    return this.manifest({ manifests, ...fields }, { mediaType: INDEX, ...options })
  }
}
