import { readChartArchive } from '../../../chart/archive.ts'
import { archiveFileName } from '../../../chart/file-name.ts'
import { isCutInIndex } from '../../../chart/index-entry.ts'
import { ChartProblem } from '../../../chart/problem.ts'
import { PROVENANCE_LIMIT, readProvenance } from '../../../chart/provenance.ts'
import type { Reading } from './chosen-files.ts'
import { chunksOf, sha256 } from './sha256.ts'

/**
 * Reads a chosen file and determines its kind. `limit` is the maximum size of an archive in bytes. The bytes count
 * before the name: a chart named `chart.tar.gz` is recognized, and a text named `chart.tgz` is refused. Never throws.
 */
export async function readChosenFile(file: File, limit: number): Promise<Reading> {
  try {
    const head = new Uint8Array(await file.slice(0, 64).arrayBuffer())
    if (isGzip(head) || /\.tgz$/i.test(file.name)) return await readArchive(file, limit)
    if (isClearSigned(head) || /\.prov$/i.test(file.name)) return await readProvenanceFile(file)
    return { state: 'unrecognized' }
  } catch {
    return { state: 'unreadable' }
  }
}

async function readArchive(file: File, limit: number): Promise<Reading> {
  if (file.size > limit) return { state: 'too-large', limit }
  try {
    const { metadata } = await readChartArchive(chunksOf(file))
    const fileName = archiveFileName(metadata.name, metadata.version)
    return { state: 'chart', metadata, fileName, sha256: await sha256(file), cutInIndex: isCutInIndex(metadata) }
  } catch (problem) {
    if (!(problem instanceof ChartProblem)) throw problem
    // Browsers fail on gzip that is truncated or has trailing bytes; helm and the registry may still read it.
    if (problem.code === 'damaged-archive' && isGzip(new Uint8Array(await file.slice(0, 2).arrayBuffer()))) {
      return { state: 'unopened', problem, fileName: file.name, sha256: await sha256(file) }
    }
    return { state: 'refused', problem }
  }
}

async function readProvenanceFile(file: File): Promise<Reading> {
  try {
    if (file.size > PROVENANCE_LIMIT) throw new ChartProblem('provenance-not-signed')
    const provenance = readProvenance(await file.text())
    return { state: 'provenance', provenance, sha256: await sha256(file) }
  } catch (problem) {
    if (problem instanceof ChartProblem) return { state: 'provenance-refused', problem }
    throw problem
  }
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

function isClearSigned(head: Uint8Array): boolean {
  return new TextDecoder().decode(head).trimStart().startsWith('-----BEGIN PGP SIGNED MESSAGE-----')
}
