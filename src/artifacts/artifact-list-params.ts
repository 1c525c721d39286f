import * as z from 'zod/mini'
import type { Artifact } from '../../contract/console/artifacts.ts'
import { listFields } from '../ui/list-search-params.ts'

/** URL parameters of the artifact list. */
export const artifactListParams = z.object(listFields)

/** Unique key of an artifact within its instance. */
export function artifactKey({ namespace, name, digest }: Artifact): string {
  return `${namespace}/${name}@${digest}`
}
