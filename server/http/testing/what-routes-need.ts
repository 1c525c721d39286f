import type { Needs } from '../../../contract/domain/needs.ts'

/** Expected right of a route, and a valid request for it. */
export interface RouteRow {
  readonly needs: Needs
  /** Body that passes its schema. */
  readonly body?: unknown
  /** Whether it is about the namespaces in its body: `team`. */
  readonly namespaceInBody?: true
  /** Whether an anonymous request is challenged although no right is needed, because the response depends on the caller. */
  readonly challenges?: true
}

const INSTANCE = '/v1/instances/:instanceId'
const NAMESPACE = `${INSTANCE}/projects/:namespace`
const CONSOLE = '/console/instances/:instanceId'
const CHART = `${CONSOLE}/namespaces/:namespace/charts/:chart`
const DIGEST = `sha256:${'0'.repeat(64)}`
const PREVIEWED = { fileName: 'x-1.0.0.tgz', sha256: '0'.repeat(64), provenanceSha256: null, chart: null }
const PERMISSIONS = [{ namespace: 'team', access: [{ resource: 'repository', action: 'pull' }] }]

/**
 * Rights that every route needs, written by hand, independently of the endpoint, which may be wrong. Paths are without
 * patterns; a path with the ID of an instance counts as the same path without it.
 */
export const ROUTES: Readonly<Record<string, RouteRow>> = {
  'GET /healthz': { needs: 'nothing' },
  'GET /readyz': { needs: 'nothing' },

  'GET /v1/instances': { needs: 'session' },
  'POST /v1/instances': { needs: 'administer', body: { name: 'second', type: 'BASIC' } },
  [`GET ${INSTANCE}`]: { needs: 'read' },
  [`PUT ${INSTANCE}`]: { needs: 'administer', body: { name: 'renamed' } },
  [`PUT ${INSTANCE}/tags`]: { needs: 'administer', body: { tags: [] } },
  [`GET ${INSTANCE}/projects`]: { needs: 'read' },
  [`POST ${INSTANCE}/projects`]: { needs: 'change', body: { projectName: 'third', public: 'false' } },
  [`DELETE ${INSTANCE}/projects`]: { needs: 'change', body: { items: ['team'] }, namespaceInBody: true },
  [`GET ${NAMESPACE}`]: { needs: 'read' },
  [`PUT ${NAMESPACE}`]: { needs: 'change', body: { public: 'false' } },
  [`DELETE ${NAMESPACE}`]: { needs: 'change' },
  [`GET ${NAMESPACE}/charts`]: { needs: 'read' },
  [`POST ${NAMESPACE}/charts`]: { needs: 'push' },
  [`DELETE ${NAMESPACE}/charts`]: { needs: 'delete', body: { items: ['x'] } },
  [`DELETE ${NAMESPACE}/charts/:chart`]: { needs: 'delete' },
  [`GET ${NAMESPACE}/charts/download/:filename`]: { needs: 'read' },
  [`GET ${NAMESPACE}/charts/:chart/versions`]: { needs: 'read' },
  [`DELETE ${NAMESPACE}/charts/:chart/versions`]: { needs: 'delete', body: { items: ['x'] } },
  [`DELETE ${NAMESPACE}/charts/:chart/versions/:version`]: { needs: 'delete' },
  [`PUT ${INSTANCE}/credential`]: { needs: 'read', body: { password: 'Correct-horse-7' } },
  [`POST ${INSTANCE}/credential`]: { needs: 'read', body: { duration: 1 } },
  'GET /v1/users/profile': { needs: 'session' },
  [`GET ${INSTANCE}/robots`]: { needs: 'administer' },
  [`POST ${INSTANCE}/robots`]: { needs: 'administer', body: { name: 'new', duration: 1, permissions: PERMISSIONS } },
  [`PUT ${INSTANCE}/robots/:robotId`]: { needs: 'administer', body: { disable: true } },
  [`PUT ${INSTANCE}/robots/:robotId/secret`]: { needs: 'administer', body: {} },
  [`DELETE ${INSTANCE}/robots/:robotId`]: { needs: 'administer' },

  'GET /console/sign-in': { needs: 'nothing' },
  'POST /console/session': { needs: 'nothing', body: { account: 'nobody', password: 'nothing' } },
  'GET /console/session': { needs: 'session' },
  'DELETE /console/session': { needs: 'nothing' },
  'GET /console/session/oidc': { needs: 'nothing' },
  'GET /console/session/oidc/callback': { needs: 'nothing' },
  'POST /console/account/provider': { needs: 'session', body: {} },
  'GET /console/account': { needs: 'session' },
  'PUT /console/account/password': { needs: 'session', body: { current: 'not this', password: 'another one' } },
  'PUT /console/account/preferences': { needs: 'session', body: {} },
  'GET /console/account/access-keys': { needs: 'session' },
  'POST /console/account/access-keys': { needs: 'session', body: { description: '' } },
  'PUT /console/account/access-keys/:accessKeyId': { needs: 'session', body: {} },
  'DELETE /console/account/access-keys/:accessKeyId': { needs: 'session' },
  'GET /console/accounts': { needs: 'administer' },
  'POST /console/accounts': { needs: 'administer', body: { name: 'bob', role: 'member', password: 'a password' } },
  'PUT /console/accounts/:accountId': { needs: 'administer', body: { disabled: true } },
  'PUT /console/accounts/:accountId/password': { needs: 'administer', body: { password: 'a password' } },
  'GET /console/settings': { needs: 'session' },
  'GET /console/storage': { needs: 'administer' },
  'POST /console/storage/collection': { needs: 'administer' },
  'GET /console/jobs': { needs: 'administer-registry' },
  'POST /console/jobs/:kind/run': { needs: 'administer-registry' },
  'GET /console/audit': { needs: 'administer' },
  'GET /console/audit.csv': { needs: 'administer' },
  [`GET ${CONSOLE}/audit`]: { needs: 'administer' },
  [`GET ${CONSOLE}/audit.csv`]: { needs: 'administer' },
  [`GET ${CONSOLE}/members`]: { needs: 'administer' },
  [`PUT ${CONSOLE}/members`]: { needs: 'administer', body: { account: 'x', role: 'guest', namespaces: null } },
  [`DELETE ${CONSOLE}/members`]: { needs: 'administer', body: { items: [{ account: 'x', namespace: null }] } },
  [`GET ${CONSOLE}/domains`]: { needs: 'read' },
  [`PUT ${CONSOLE}/domains`]: { needs: 'administer-registry', body: { domains: [] } },
  [`GET ${CONSOLE}/credential`]: { needs: 'read' },
  [`GET ${CONSOLE}/robots/summaries`]: { needs: 'administer' },
  [`GET ${CONSOLE}/namespaces/summaries`]: { needs: 'read' },
  [`GET ${CONSOLE}/namespaces/:namespace/policy`]: { needs: 'read' },
  [`PUT ${CONSOLE}/namespaces/:namespace/policy`]: { needs: 'change', body: { immutable: false } },
  [`POST ${CONSOLE}/namespaces/:namespace/upload-preview`]: { needs: 'push', body: { files: [PREVIEWED] } },
  [`GET ${CONSOLE}/charts`]: { needs: 'read' },
  [`GET ${CONSOLE}/charts/summaries`]: { needs: 'read' },
  [`DELETE ${CONSOLE}/charts`]: {
    needs: 'delete',
    body: { items: [{ namespace: 'team', name: 'x' }] },
    namespaceInBody: true,
  },
  [`GET ${CHART}/versions`]: { needs: 'read' },
  [`GET ${CHART}/versions/:version`]: { needs: 'read' },
  [`GET ${CHART}/summaries`]: { needs: 'read' },
  [`GET ${CHART}/references`]: { needs: 'read' },
  [`GET ${CHART}/zip`]: { needs: 'read' },
  [`GET ${CHART}/activity`]: { needs: 'read' },
  [`GET ${CONSOLE}/artifacts`]: { needs: 'read' },
  [`DELETE ${CONSOLE}/artifacts`]: {
    needs: 'delete',
    body: { items: [{ namespace: 'team', name: 'x', digest: DIGEST }] },
    namespaceInBody: true,
  },

  'GET /chartrepo/index.yaml': { needs: 'nothing' },
  'GET /chartrepo/:namespace/index.yaml': { needs: 'read' },
  'GET /chartrepo/:namespace/charts/:file': { needs: 'read' },
  'GET /api/chartrepo/:namespace/charts': { needs: 'read' },
  'GET /api/chartrepo/:namespace/charts/:chart': { needs: 'read' },
  'GET /api/chartrepo/:namespace/charts/:chart/:version': { needs: 'read' },
  'POST /api/chartrepo/:namespace/charts': { needs: 'push' },
  'POST /chartrepo/api/:namespace/charts': { needs: 'push' },
  'POST /api/chartrepo/:namespace/prov': { needs: 'push' },
  'POST /chartrepo/api/:namespace/prov': { needs: 'push' },
  'DELETE /api/chartrepo/:namespace/charts/:chart/:version': { needs: 'delete' },
  'DELETE /api/chartrepo/:namespace/charts/:chart': { needs: 'delete' },

  'GET /v2': { needs: 'session' },
  'GET /v2/_catalog': { needs: 'nothing', challenges: true },
  'GET /service/token': { needs: 'nothing' },
  'POST /service/token': { needs: 'nothing' },
  'POST /v2/:name/blobs/uploads': { needs: 'push' },
  'GET /v2/:name/blobs/uploads/:upload': { needs: 'push' },
  'PATCH /v2/:name/blobs/uploads/:upload': { needs: 'push' },
  'PUT /v2/:name/blobs/uploads/:upload': { needs: 'push' },
  'DELETE /v2/:name/blobs/uploads/:upload': { needs: 'push' },
  'GET /v2/:name/blobs/:digest': { needs: 'read' },
  'DELETE /v2/:name/blobs/:digest': { needs: 'delete' },
  'GET /v2/:name/manifests/:reference': { needs: 'read' },
  'PUT /v2/:name/manifests/:reference': { needs: 'push' },
  'DELETE /v2/:name/manifests/:reference': { needs: 'delete' },
  'GET /v2/:name/tags/list': { needs: 'read' },
  'GET /v2/:name/referrers/:digest': { needs: 'read' },
}

/** Returns the row of a route, `METHOD path` in Hono's notation. Throws if there is none. */
export function rowOf(route: string): RouteRow {
  const plain = route
    .replace('/:instanceId{ccr-[0-9a-z]{8}}', '')
    .replace('{.+}', '')
    .replace('//', '/')
    .replace(/\/$/, '')
  const row = ROUTES[plain]
  if (!row)
    throw new Error(`Nothing says what ${plain} needs: write it down in server/http/testing/what-routes-need.ts.`)
  return row
}
