import type { Tag } from '../../contract/ccr/instances.ts'

/** Returns the keys that more than one tag has. Empty keys are reported as a problem of their own. */
export function repeatedTagKeys(tags: readonly Tag[]): Set<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { tagKey } of tags) {
    if (tagKey && seen.has(tagKey)) repeated.add(tagKey)
    seen.add(tagKey)
  }
  return repeated
}
