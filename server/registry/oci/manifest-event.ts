import type { Digest } from '../../blobs/blob-store.ts'
import type { EventDetails } from '../audit/record-event.ts'
import type { TagMove } from './put-tag.ts'

/** Result of pushing a manifest. */
export interface ManifestPut {
  readonly namespace: string
  /** Name of the repository below the namespace. */
  readonly name: string
  readonly digest: Digest
  readonly isNew: boolean
  /** Tag by which it was pushed, and the move of this tag. */
  readonly tag?: string | undefined
  readonly move?: TagMove | undefined
}

/** Returns the audit event of a pushed manifest; undefined if nothing changed. */
export function manifestEvent({ namespace, name, digest, isNew, tag, move }: ManifestPut): EventDetails | undefined {
  const moved = move?.moved ?? false
  if (!isNew && !moved) return undefined
  return {
    action: isNew ? 'manifest.put' : 'tag.put',
    namespace,
    chart: name,
    subject: moved ? tag : undefined,
    digestBefore: moved ? move?.before : undefined,
    digestAfter: digest,
  }
}
