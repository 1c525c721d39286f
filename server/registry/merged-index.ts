import { createHash } from 'node:crypto'
import { listAllNamespaces } from '../db/namespaces.ts'
import type { NamespaceRow } from '../db/schema.ts'
import type { Call } from './call.ts'
import { indexKey } from './index-entry.ts'
import { type IndexFile, type NamespaceIndex, namespaceIndex } from './index-file.ts'
import type { IndexPart } from './index-parts.ts'
import { type EntryList, indexText } from './index-text.ts'
import { mayThey } from './permissions.ts'
import type { Registry } from './registry.ts'

/** The namespaces of the instance that the caller may read at a Helm door, by name. */
export async function readableNamespaces(registry: Registry, call: Call): Promise<NamespaceRow[]> {
  const rows = await listAllNamespaces(registry.database.read, call.instance)
  return rows.filter((row) =>
    mayThey(call.caller, 'read', { instance: call.instance, namespace: row.name, public: row.public === 1 }),
  )
}

/**
 * index.yaml of several namespaces: a chart's key is `namespace/chart`, its name stays as it is, as helm does not take
 * a slash in it, and its urls lead into its namespace. Nothing of it is kept: it is made of the indexes of the
 * namespaces while it is sent.
 */
export async function mergedIndex(registry: Registry, namespaces: readonly NamespaceRow[]): Promise<IndexFile> {
  const merged: [string, NamespaceIndex][] = []
  for (const namespace of namespaces) merged.push([namespace.name, await namespaceIndex(registry, namespace)])
  const generated = namespaces.reduce((last, { updated_at }) => (updated_at > last ? updated_at : last), NEVER)
  const state = namespaces.map(({ id, revision, updated_at }) => `${id}.${revision}.${updated_at}`)
  return {
    entityTag: createHash('sha256').update(state.join('\n')).digest('base64url'),
    size: null,
    pieces: () => indexText(generated, chartsOf(merged)),
  }
}

/** What an index says was its time when there is nothing in it. */
const NEVER = '1970-01-01T00:00:00.000Z'

function* chartsOf(merged: readonly [string, NamespaceIndex][]): Generator<EntryList> {
  for (const [namespace, { charts }] of merged) {
    for (const { name, parts } of charts.values()) {
      const key = indexKey(`${namespace}/${name}`)
      if (key !== null) yield { key, parts: parts.map((part) => prefixed(namespace, part)) }
    }
  }
}

const TEXT = new TextDecoder()

/** The entries, their urls leading into the namespace. */
function prefixed(namespace: string, { archives, bytes }: IndexPart): IndexPart {
  // A quote inside of a string has a backslash before it, so this is found as a key only.
  const entries = TEXT.decode(bytes).replaceAll('"urls":["charts/', `"urls":["${namespace}/charts/`)
  return { archives, bytes: Buffer.from(entries) }
}
