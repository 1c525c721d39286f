import type { Finding } from '../registry/storage/diagnose-store.ts'

const HEADINGS = ['FINDING', 'BYTES', 'DIGEST', 'NEEDED BY']

/** Returns the findings as a text table with headings, one line each; empty if there are none. */
export function findingsTable(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const rows = [HEADINGS, ...findings.map(rowOf)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

function rowOf(finding: Finding): string[] {
  const { digest, kind, size } = finding
  if (kind !== 'orphan') return [kind, String(size), digest, finding.usedBy.join(', ') || 'nothing']
  return [kind, String(size), digest, finding.isOld ? 'nothing' : 'nothing; younger than 24 hours']
}
