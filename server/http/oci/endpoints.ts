import { INSTANCE_ID } from '../../../contract/domain/instance-id.ts'
import { TOKEN_PATH } from '../helm/challenge.ts'
import { helmEndpoint } from '../helm/helm-endpoint.ts'

const blob = '/v2/:name{.+}/blobs/:digest'
const uploads = '/v2/:name{.+}/blobs/uploads/'
const upload = '/v2/:name{.+}/blobs/uploads/:upload'
const manifest = '/v2/:name{.+}/manifests/:reference'

/** `end-1` */
export const ping = helmEndpoint({ method: 'GET', path: '/v2/', needs: 'session', about: 'instance' })

/** In no specification, but in CNCF distribution. The ID of an instance may stand before `_catalog`. */
export const catalogEndpoints = {
  list: helmEndpoint({ method: 'GET', path: '/v2/_catalog', needs: 'nothing', about: 'instance' }),
  listOfInstance: helmEndpoint({
    method: 'GET',
    path: `/v2/:instanceId{${INSTANCE_ID}}/_catalog`,
    needs: 'nothing',
    about: 'instance',
  }),
}

/** `end-2`, `end-10` */
export const blobEndpoints = {
  get: helmEndpoint({ method: 'GET', path: blob, needs: 'read', about: 'namespace' }),
  delete: helmEndpoint({ method: 'DELETE', path: blob, needs: 'delete', about: 'namespace', action: 'blob.delete' }),
}

const uploading = { needs: 'push', about: 'namespace', action: 'blob.put' } as const

/** `end-4`, `end-5`, `end-6`, `end-11`, `end-13`; cancelling is in CNCF distribution only. */
export const uploadEndpoints = {
  begin: helmEndpoint({ method: 'POST', path: uploads, ...uploading }),
  getProgress: helmEndpoint({ method: 'GET', path: upload, ...uploading }),
  append: helmEndpoint({ method: 'PATCH', path: upload, ...uploading }),
  finish: helmEndpoint({ method: 'PUT', path: upload, ...uploading }),
  cancel: helmEndpoint({ method: 'DELETE', path: upload, ...uploading }),
}

/** `end-3`, `end-7`, `end-9` */
export const manifestEndpoints = {
  get: helmEndpoint({ method: 'GET', path: manifest, needs: 'read', about: 'namespace' }),
  put: helmEndpoint({ method: 'PUT', path: manifest, needs: 'push', about: 'namespace', action: 'manifest.put' }),
  delete: helmEndpoint({
    method: 'DELETE',
    path: manifest,
    needs: 'delete',
    about: 'namespace',
    action: 'manifest.delete',
  }),
}

/** `end-8` */
export const tagEndpoints = {
  list: helmEndpoint({
    method: 'GET',
    path: '/v2/:name{.+}/tags/list',
    needs: 'read',
    about: 'namespace',
  }),
}

/** `end-12` */
export const referrerEndpoints = {
  list: helmEndpoint({
    method: 'GET',
    path: '/v2/:name{.+}/referrers/:digest',
    needs: 'read',
    about: 'namespace',
  }),
}

/** The token service of CNCF distribution: GET with Basic, or POST of a form. */
export const tokenEndpoints = {
  get: helmEndpoint({ method: 'GET', path: TOKEN_PATH, needs: 'nothing', about: 'instance' }),
  post: helmEndpoint({ method: 'POST', path: TOKEN_PATH, needs: 'nothing', about: 'instance' }),
}
