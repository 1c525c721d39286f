import type { IndexPart } from './index-parts.ts'

/** What a chart's list of entries is made of. */
export interface EntryList {
  /** As JSON, which YAML can read as a key too. */
  readonly key: string
  readonly parts: readonly IndexPart[]
}

/** index.yaml, piece by piece, of the entries of its charts. */
export function* indexText(generated: string, charts: Iterable<EntryList>): Generator<Uint8Array> {
  yield Buffer.from(`{"apiVersion":"v1","generated":"${generated}","entries":`)
  yield* entriesText(charts)
  yield Buffer.from('}')
}

/** `{"name":[{…},{…}],…}`, piece by piece. */
export function* entriesText(charts: Iterable<EntryList>): Generator<Uint8Array> {
  let before = '{'
  for (const { key, parts } of charts) {
    before += `${key}:[`
    for (const { bytes } of parts) {
      yield Buffer.from(before)
      yield bytes
      before = ','
    }
    before = '],'
  }
  yield Buffer.from(before === '{' ? '{}' : ']}')
}
