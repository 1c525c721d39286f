import type { HttpContext } from '../http-env.ts'

/** Scope to list repositories. Source: CNCF distribution `docs/content/spec/auth/scope.md`. */
export const CATALOG_SCOPE = 'registry:catalog:*'

/** Returns the scope that a token needs for this request: `repository:team/nginx:pull,push`; undefined if none. */
export function requestedScope(c: HttpContext): string | undefined {
  if (c.req.path.endsWith('/_catalog')) return CATALOG_SCOPE
  const name = /^\/v2\/(.+)\/(blobs|manifests|tags|referrers)\//.exec(c.req.path)?.[1]
  if (name === undefined) return undefined
  const isUpload = c.req.path.startsWith(`/v2/${name}/blobs/uploads/`)
  return `repository:${name}:${actionsOf(c.req.method, isUpload)}`
}

function actionsOf(method: string, isUpload: boolean): string {
  if (isUpload) return 'pull,push'
  switch (method) {
    case 'GET':
    case 'HEAD':
      return 'pull'
    case 'DELETE':
      return 'delete'
    default:
      return 'pull,push'
  }
}
