import { asProblem, Budget } from './budget.ts'
import { applyChartYaml } from './chart-yaml.ts'
import { decode, FieldError } from './decode.ts'
import { ChartProblem } from './problem.ts'
import { readYaml } from './yaml.ts'
import { YamlError } from './yaml-error.ts'

/** Maximum bytes of a provenance file, which contains a Chart.yaml and a signature. */
export const PROVENANCE_LIMIT = 1024 * 1024

/** Contents of a provenance file. Its signature is not verified. */
export interface Provenance {
  metadata: { name: string; version: string }
  /** SHA-256 in bare hex by file name; the format is not checked. */
  files: ReadonlyMap<string, string>
}

/**
 * Reads the signed text of a provenance file, within a budget of its own.
 * @throws ChartProblem `provenance-not-signed`, `provenance-syntax`, `over-budget`
 */
export function readProvenance(text: string): Provenance {
  try {
    return parseProvenance(text, new Budget())
  } catch (error) {
    throw asProblem(error, '.prov')
  }
}

/**
 * Reads the signed text of a provenance file.
 * @throws ChartProblem `provenance-not-signed`, `provenance-syntax`; BudgetError
 * Source: helm v4.2.4 `pkg/provenance/sign.go` `ParseMessageBlock`; RFC 4880 section 7.
 */
export function parseProvenance(text: string, budget: Budget): Provenance {
  const [metadata, files] = signedText(text).split('\n...\n')
  if (metadata === undefined || files === undefined) throw syntax('it does not have two parts with “...” between them')
  const { name, version } = readMetadata(metadata, budget)
  return { metadata: { name: String(name ?? ''), version: String(version ?? '') }, files: readFiles(files, budget) }
}

/**
 * Checks that a provenance file was made for this exact archive.
 * @param archive `sha256` is bare hex
 * @throws ChartProblem `provenance-other-…`
 */
export function checkProvenance({ files }: Provenance, archive: { fileName: string; sha256: string }): void {
  const { fileName } = archive
  const digest = files.get(fileName)
  if (digest === undefined) throw new ChartProblem('provenance-other-file', { fileName })
  if (digest !== archive.sha256) throw new ChartProblem('provenance-other-digest', { fileName })
}

/** Text between the armor headers and the signature, without dash escapes, with `\n` between lines. */
function signedText(text: string): string {
  const lines = text.split('\n').map(withoutEndingSpace)
  const start = lines.indexOf('-----BEGIN PGP SIGNED MESSAGE-----')
  const signature = lines.indexOf('-----BEGIN PGP SIGNATURE-----', start)
  const end = lines.indexOf('-----END PGP SIGNATURE-----', signature)
  // A blank line separates the headers (`Hash: …`) from the text, and the signature's headers from its data.
  const blank = start < 0 ? -1 : lines.indexOf('', start)
  const data = signature < 0 ? -1 : lines.indexOf('', signature)
  const framed = start >= 0 && blank >= 0 && blank < signature && data >= 0 && data < end
  if (!framed || !lines.slice(start + 1, blank).every(isArmorHeader)) throw new ChartProblem('provenance-not-signed')
  return lines
    .slice(blank + 1, signature)
    .map((line) => line.replace(/^- /, ''))
    .join('\n')
}

/** Trims spaces at the end in linear time; a regular expression would be quadratic on long runs of spaces. */
function withoutEndingSpace(line: string): string {
  let end = line.length
  while (end > 0 && ' \t\r'.includes(line[end - 1] ?? '')) end--
  return line.slice(0, end)
}

/** Whether the line is a header that helm's reader accepts; it knows only this one. */
function isArmorHeader(line: string): boolean {
  return /^ *Hash *:[ -~]*$/.test(line)
}

function readMetadata(text: string, budget: Budget): Readonly<Record<string, unknown>> {
  try {
    return applyChartYaml({}, text, budget)
  } catch (error) {
    if (error instanceof ChartProblem) {
      throw syntax(error.details.reason ?? `“${error.details.field}” has the wrong type`)
    }
    throw error
  }
}

function readFiles(text: string, budget: Budget): Map<string, string> {
  try {
    const { files } = decode(readYaml(text, budget), { fields: { files: { map: 'text' } } }, {}) as {
      files?: Record<string, string> // as the fields say
    }
    return new Map(Object.entries(files ?? {}).map(([name, digest]) => [name, digest.replace(/^sha256:/, '')]))
  } catch (error) {
    if (error instanceof YamlError || error instanceof FieldError) throw syntax(error.message)
    throw error
  }
}

function syntax(reason: string): ChartProblem {
  return new ChartProblem('provenance-syntax', { reason })
}
