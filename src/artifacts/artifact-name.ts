import type { Artifact } from '../../contract/console/artifacts.ts'
import { shortDigest } from '../ui/format.ts'

/** Display name of an artifact: `team/app:v1` with its first tag, `team/app@…` with a short digest if it has none. */
export function artifactName({ namespace, name, digest, tags: [tag] }: Artifact): string {
  return tag === undefined ? `${namespace}/${name}@${shortDigest(digest)}` : `${namespace}/${name}:${tag}`
}
