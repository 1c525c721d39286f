import type { Artifact } from '../../contract/console/artifacts.ts'
import { shortDigest } from '../ui/format.ts'

/** What people call an artifact: `team/app:v1`, or by its digest where it has no tag. */
export function artifactName({ namespace, name, digest, tags: [tag] }: Artifact): string {
  return tag === undefined ? `${namespace}/${name}@${shortDigest(digest)}` : `${namespace}/${name}:${tag}`
}
