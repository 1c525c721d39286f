import { dump } from 'js-yaml'
import type { TestChart } from './make-chart.ts'

/** Values that differ from those of a matching provenance file. */
export interface ProvenanceOverrides {
  name?: string
  version?: string
  fileName?: string
  sha256?: string
  /** The whole signed text, instead of one made from the chart. */
  text?: string
}

/** Builds the text of a `.prov`, framed as a clear-signed message. The signature has the right form, but is not valid. */
export function makeProvenance(chart: TestChart, overrides: ProvenanceOverrides = {}): string {
  const { name, version, fileName, sha256 } = { ...chart, ...overrides }
  const metadata = dump({ apiVersion: 'v2', name, version })
  const files = dump({ files: { [fileName]: `sha256:${sha256}` } }, { lineWidth: -1 })
  const text = overrides.text ?? `${metadata}\n...\n${files}`
  return `-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA512

${text.replace(/\n$/, '').replaceAll(/^-/gm, '- -')}
-----BEGIN PGP SIGNATURE-----

wsBcBAEBCgAQBQJcon2ICRCEO7+YH8GHYgAASEAIAHD4Rad+LF47qNydI+k7x3aC
/qkdsqxE9kCUHtTJkZObE/Zmj2w3Opq0gcQftz4aJ2G9raqPDvwOzxnTxOkGfUdK
=YgnR
-----END PGP SIGNATURE-----
`
}
