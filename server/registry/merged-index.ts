import { createHash } from 'node:crypto'
import { listAllNamespaces } from '../db/namespaces.ts'
import type { NamespaceRow } from '../db/schema.ts'
import type { Call } from './call.ts'
import { indexKey } from './index-entry.ts'
import { namespaceIndex } from './index-file.ts'
import { KeptTexts } from './kept-texts.ts'
import { mayThey } from './permissions.ts'
import type { Registry } from './registry.ts'

/** The index of all namespaces that somebody may read, in one file. */
export interface MergedIndex {
  /** Differs whenever the bytes do; without quotes. */
  readonly entityTag: string
  readonly body: Buffer<ArrayBuffer>
}

/** Bytes of all merged indexes that are kept. */
const KEPT_BYTES = 32 * 1024 * 1024

const kept = new WeakMap<Registry, KeptTexts<MergedIndex>>()

/** The namespaces of the instance that the caller may read at a Helm door, by name. */
export async function readableNamespaces(registry: Registry, call: Call): Promise<NamespaceRow[]> {
  const rows = await listAllNamespaces(registry.database.read, call.instance)
  return rows.filter((row) =>
    mayThey(call.caller, 'read', { instance: call.instance, namespace: row.name, public: row.public === 1 }),
  )
}

/**
 * index.yaml of several namespaces: a chart's key is `namespace/chart`, its name stays as it is, as helm does not take
 * a slash in it, and its urls lead into its namespace.
 */
export async function mergedIndex(registry: Registry, namespaces: readonly NamespaceRow[]): Promise<MergedIndex> {
  let texts = kept.get(registry)
  if (!texts) {
    texts = new KeptTexts({ room: KEPT_BYTES, sizeOf: ({ body }) => body.length, stateOf: (index) => index.entityTag })
    kept.set(registry, texts)
  }
  const names = digestOf(namespaces.map(({ id }) => id))
  const state = digestOf(namespaces.map(({ id, revision, updated_at }) => `${id}.${revision}.${updated_at}`))
  return texts.get(names, state, () => merge(registry, namespaces, state))
}

async function merge(registry: Registry, namespaces: readonly NamespaceRow[], entityTag: string): Promise<MergedIndex> {
  const generated = namespaces.reduce((last, { updated_at }) => (updated_at > last ? updated_at : last), NEVER)
  const pieces: string[] = []
  for (const namespace of namespaces) {
    const { body, charts } = await namespaceIndex(registry, namespace)
    for (const { name, list, end } of charts.values()) {
      const key = indexKey(`${namespace.name}/${name}`)
      if (key !== null) pieces.push(`${key}:${prefixed(namespace.name, body.toString('utf8', list, end))}`)
    }
  }
  const body = Buffer.from(`{"apiVersion":"v1","generated":"${generated}","entries":{${pieces.join(',')}}}`)
  return { entityTag, body }
}

/** What an index says was its time when there is nothing in it. */
const NEVER = '1970-01-01T00:00:00.000Z'

/** The entries of a chart, their urls leading into the namespace. */
function prefixed(namespace: string, entries: string): string {
  // A quote inside of a string has a backslash before it, so this is found as a key only.
  return entries.replaceAll('"urls":["charts/', `"urls":["${namespace}/charts/`)
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url')
}
