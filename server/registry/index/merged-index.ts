import { createHash } from 'node:crypto'
import { indexKey } from '../../../chart/index-entry.ts'
import type { NamespaceRow } from '../../db/schema.ts'
import type { Call } from '../core/call.ts'
import { isAllowed } from '../core/permissions.ts'
import type { Registry } from '../core/registry.ts'
import { listAllNamespaces } from '../instances/namespace-queries.ts'
import { type IndexBody, namespaceIndex } from './namespace-index.ts'
import { chunksFrom, entriesText, indexText, type Piece } from './write-index.ts'

/** Returns the namespaces of the instance that the caller may read through the Helm APIs, by name. */
export async function readableNamespaces(registry: Registry, call: Call): Promise<NamespaceRow[]> {
  const rows = await listAllNamespaces(registry.database.read, call.instance)
  return rows.filter((row) =>
    isAllowed(call.caller, 'read', { instance: call.instance, namespace: row.name, public: row.public === 1 }),
  )
}

/**
 * Returns the index.yaml of several namespaces. The key of a chart is `namespace/chart`, its name is unchanged, because
 * helm rejects a slash in it, and its URLs lead to its namespace. The indexes of the namespaces are concatenated while
 * they are sent, so that only one is in memory at a time.
 */
export function mergedIndex(registry: Registry, namespaces: readonly NamespaceRow[]): IndexBody {
  const generated = namespaces.reduce((last, { updated_at }) => (updated_at > last ? updated_at : last), NEVER)
  const revisions = namespaces.map(({ id, revision, updated_at }) => `${id}.${revision}.${updated_at}`)
  return {
    entityTag: createHash('sha256').update(revisions.join('\n')).digest('base64url'),
    size: null,
    pieces: () => indexText(generated, [entriesOf(registry, namespaces)]),
  }
}

/** Time of generation of an empty index. */
const NEVER = '1970-01-01T00:00:00.000Z'

async function* entriesOf(registry: Registry, namespaces: readonly NamespaceRow[]): AsyncGenerator<Piece> {
  const write = chunksFrom(registry.database.read)
  let before = ''
  for (const namespace of namespaces) {
    const { charts } = await namespaceIndex(registry, namespace)
    const lists = [...charts.values()].flatMap(({ name, parts }) => {
      const key = indexKey(`${namespace.name}/${name}`)
      return key === null ? [] : [{ key, parts }]
    })
    if (lists.length === 0) continue
    yield Buffer.from(before)
    yield* entriesText(lists, (part) => prefixed(namespace.name, write(part)))
    before = ','
  }
}

/** Prefixes the URLs of entries with the namespace. */
function prefixed(namespace: string, piece: Piece): Piece {
  if (!(piece instanceof Uint8Array)) return prefixedEach(namespace, piece)
  // Quotes within strings are escaped, so this matches only keys.
  return Buffer.from(TEXT.decode(piece).replaceAll('"urls":["charts/', `"urls":["${namespace}/charts/`))
}

async function* prefixedEach(namespace: string, pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  for await (const piece of pieces) yield prefixed(namespace, piece)
}

const TEXT = new TextDecoder()
