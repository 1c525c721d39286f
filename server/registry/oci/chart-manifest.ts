import type { ChartMetadata } from '../../../chart/metadata.ts'
import type { Digest } from '../../blobs/blob-store.ts'
import { sha256Digest } from '../../blobs/digest.ts'
import { RegistryError } from '../core/registry-error.ts'
import { IMAGE_MANIFEST, type Layer, MANIFEST_LIMIT, type Manifest, readManifest } from './read-manifest.ts'

/** Media types of charts. Source: helm `pkg/registry/constants.go`. */
const CONFIG = 'application/vnd.cncf.helm.config.v1+json'
const CHART = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'
const PROVENANCE = 'application/vnd.cncf.helm.chart.provenance.v1.prov'
/** Media type of the chart layer in helm before 3.7, which pulls no other. */
const LEGACY_CHART = 'application/tar+gzip'

/** A blob that a manifest refers to. */
interface File {
  readonly digest: Digest
  readonly size: number
}

/** A generated manifest. */
export interface GeneratedManifest {
  readonly manifest: Manifest
  /** Content of its config blob. */
  readonly config: Uint8Array
}

/**
 * Generates the manifest that helm would push for these files, but without the time of creation, so that the same files
 * always result in the same manifest.
 * Source: helm v4.2.4 `pkg/registry/client.go` `Push`, `chart.go`.
 */
export function makeChartManifest(
  metadata: ChartMetadata,
  archive: File,
  provenance: File | null | undefined,
): GeneratedManifest {
  const config = new TextEncoder().encode(goJson(metadata))
  const layers = [{ mediaType: CHART, digest: archive.digest, size: archive.size }]
  if (provenance) layers.push({ mediaType: PROVENANCE, digest: provenance.digest, size: provenance.size })
  const write = (annotations: Record<string, string>) =>
    new TextEncoder().encode(
      goJson({
        schemaVersion: 2,
        mediaType: IMAGE_MANIFEST,
        config: { mediaType: CONFIG, digest: sha256Digest(config), size: config.length },
        layers,
        annotations,
      }),
    )
  let content = write(annotationsOf(metadata))
  // The limit of Chart.yaml is larger than that of a manifest.
  if (content.length > MANIFEST_LIMIT) content = write(nameAndVersion(metadata))
  return { manifest: readManifest(content, IMAGE_MANIFEST), config }
}

/** Returns whether the manifest has the config type of a chart. */
export function isChartManifest({ config }: Pick<Manifest, 'config'>): boolean {
  return config?.mediaType === CONFIG
}

/**
 * Returns the layers of a chart manifest by their types. Rejects several layers of one type, because versions of helm
 * differ: some pull the first chart layer, others the one that arrives last. Throws `manifest-invalid`.
 */
export function chartLayers({ layers }: Manifest): { readonly chart: Layer; readonly provenance: Layer | undefined } {
  const [chart, ...moreCharts] = layers.filter(({ mediaType }) => mediaType === CHART || mediaType === LEGACY_CHART)
  const [provenance, ...moreProvenances] = layers.filter(({ mediaType }) => mediaType === PROVENANCE)
  if (!chart) throw new RegistryError('manifest-invalid', { reason: 'it has no layer that is a chart' })
  if (moreCharts.length > 0) throw new RegistryError('manifest-invalid', { reason: 'it has more than one chart layer' })
  if (moreProvenances.length > 0) {
    throw new RegistryError('manifest-invalid', { reason: 'it has more than one provenance layer' })
  }
  return { chart, provenance }
}

/** Annotations of a chart manifest. Source: helm v4.2.4 `pkg/registry/chart.go` `generateOCIAnnotations`. */
function annotationsOf(metadata: ChartMetadata): Record<string, string> {
  const { annotations = {}, description, home, sources, maintainers } = metadata
  const authors = (maintainers ?? []).map(({ name, email }) => `${name ?? ''}${email ? ` (${email})` : ''}`).join(', ')
  const generated = {
    'org.opencontainers.image.description': description,
    'org.opencontainers.image.url': home,
    'org.opencontainers.image.source': sources?.[0],
    'org.opencontainers.image.authors': authors,
  }
  const filled = Object.entries(generated).flatMap(([key, value]) => (value?.trim() ? [[key, value.trim()]] : []))
  return { ...Object.fromEntries(filled), ...annotations, ...nameAndVersion(metadata) }
}

function nameAndVersion({ name, version }: ChartMetadata): Record<string, string> {
  return { 'org.opencontainers.image.title': name, 'org.opencontainers.image.version': version }
}

/** Serializes JSON like Go: sorted map keys, escaped HTML characters, no lone surrogates. */
function goJson(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (typeof part === 'string') return part.toWellFormed()
    if (key !== 'annotations' || typeof part !== 'object' || part === null) return part
    const entries = Object.entries(part).map(([name, text]) => [name.toWellFormed(), text] as const)
    return Object.fromEntries(entries.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
  }).replace(/[<>&\u2028\u2029]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
