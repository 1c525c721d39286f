/** Whether an `If-None-Match` header contains this entity tag; compares weakly (RFC 9110, 13.1.2). */
export function matchesEntityTag(header: string | undefined, entityTag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === entityTag)
}
