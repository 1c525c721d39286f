import type { ChartProblemCode } from '../problem.ts'
import { concatBytes, gzip, makeArchive, makeTar, paxRecord } from './make-archive.ts'
import {
  chart,
  chartYaml,
  file,
  mebibyte,
  refused,
  refusedWith,
  taken,
  takenWith,
  type VerdictCase,
} from './verdict-case.ts'

const encoder = new TextEncoder()

const wholeTar = () => makeTar([chart, file('c/README.md', 'Hello\n'.repeat(2000))])

/** Cases about gzip: framing, truncation, several members. */
export const gzipVerdicts: VerdictCase[] = [
  { title: 'nothing at all', archive: async () => new Uint8Array(), problem: 'not-gzip' },
  { title: 'text', archive: async () => encoder.encode(chartYaml), problem: 'not-gzip' },
  { title: 'a tar without gzip', archive: async () => wholeTar(), problem: 'not-gzip' },
  { title: 'only the magic bytes', archive: async () => new Uint8Array([0x1f, 0x8b, 8]), problem: 'damaged-archive' },
  {
    title: 'a truncated tail after the end of the tar',
    archive: async () => (await gzip(wholeTar())).slice(0, -8),
    problem: null,
  },
  {
    title: 'a truncation inside the tar',
    archive: async () => (await gzip(noise())).slice(0, -3000),
    problem: 'damaged-archive',
  },
  {
    title: 'trailing garbage',
    archive: async () => concatBytes([await gzip(wholeTar()), encoder.encode('garbage')]),
    problem: null,
  },
  {
    title: 'a wrong checksum after the end of the tar',
    archive: async () =>
      (await gzip(wholeTar())).map((byte, index, all) => (index === all.length - 6 ? byte ^ 1 : byte)),
    problem: null,
    beyondBrowsers: true,
  },
  {
    title: 'two gzip members, the tar ending in the first',
    archive: async () => concatBytes([await gzip(wholeTar()), await gzip(wholeTar())]),
    problem: null,
  },
  {
    title: 'two gzip members, the tar going on in the second',
    archive: async () => concatBytes([await gzip(wholeTar().slice(0, 700)), await gzip(wholeTar().slice(700))]),
    problem: null,
    beyondBrowsers: true,
  },
]

/** A tar that does not compress, so that a cut at the end removes part of it. */
function noise(): Uint8Array {
  let state = 1
  const bytes = Uint8Array.from({ length: 20_000 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state >>> 24
  })
  return makeTar([chart, file('c/noise.bin', bytes)])
}

function ending(title: string, tail: Uint8Array, problem: ChartProblemCode | null): VerdictCase {
  return { title, archive: () => makeArchive([chart], { tail }), problem }
}

/** Cases about tar: headers, extensions, where the archive ends. */
export const tarVerdicts: VerdictCase[] = [
  refused('empty-archive', 'no entries'),
  refused('empty-archive', 'only folders', file('c/', '', { type: '5' })),
  ending('no blocks of zeros at the end', new Uint8Array(), null),
  ending('one block of zeros at the end', new Uint8Array(512), null),
  ending('half a block at the end', new Uint8Array(200), 'damaged-archive'),
  ending('a block and a half at the end', new Uint8Array(700), 'damaged-archive'),
  ending('a block of zeros and then something else', new Uint8Array(1024).fill(1, 512), 'damaged-archive'),
  ending('anything after two blocks of zeros', new Uint8Array(2048).fill(1, 1024), null),
  {
    title: 'the end inside the padding of a file',
    archive: () => gzip(makeTar([chart], { tail: new Uint8Array() }).slice(0, 700)),
    problem: null,
  },
  {
    title: 'the end inside a file',
    archive: () => gzip(makeTar([chart], { tail: new Uint8Array() }).slice(0, 520)),
    problem: 'damaged-archive',
  },
  {
    title: 'a wrong header checksum',
    archive: () => gzip(makeTar([chart]).map((byte, index) => (index === 3 ? byte ^ 1 : byte))),
    problem: 'damaged-archive',
  },
  takenWith('an old folder, its name ending in a slash', file('c/templates/', '', { type: '\0' })),
  takenWith('a folder by its mode', file('../x', 'skipped', { mode: 0o40755 })),
  takenWith('an unknown type, read as a file', file('c/x', 'x', { type: 'Z' })),
  takenWith('a global PAX header', file('pax_global_header', paxRecord('comment', 'x'), { type: 'g' })),
  refusedWith('damaged-archive', 'a broken PAX header', file('x', '99 path=c/x\n', { type: 'x' })),
  refusedWith('damaged-archive', 'a PAX header over 1 MiB', file('x', new Uint8Array(mebibyte + 1), { type: 'x' })),
  taken('a name in a PAX header', file('x', paxRecord('path', 'c/Chart.yaml'), { type: 'x' }), file('evil', chartYaml)),
  taken('a name in a GNU header', file('x', 'c/Chart.yaml\0', { type: 'L' }), file('evil', chartYaml)),
  taken('a name with a ustar prefix', file('Chart.yaml', chartYaml, { prefix: 'c' })),
  takenWith('a long name', file(`c/${'a'.repeat(300)}/x`, 'x')),
  {
    title: 'a size in a PAX header',
    archive: () =>
      makeArchive([chart, file('x', paxRecord('size', '3'), { type: 'x' }), file('c/x', 'abc', { size: 0 })]),
    problem: null,
  },
  refusedWith('damaged-archive', 'a link that claims a size', file('c/link', '', { type: '2', size: 5 })),
]
