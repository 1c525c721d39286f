import * as z from 'zod/mini'
import type { Artifact } from '../../contract/console/artifacts.ts'
import { listFields } from '../ui/list-search-params.ts'

/** The list's state as its address carries it. */
export const artifactListParams = z.object(listFields)

/** What tells one artifact from another. */
export function artifactKey({ namespace, name, digest }: Artifact): string {
  return `${namespace}/${name}@${digest}`
}
