import { helmEndpoint } from '../helm/helm-endpoint.ts'

/** Requests of `helm repo add` and `helm pull`: the index of a namespace, the merged index of all, and files. */
export const repositoryEndpoints = {
  getMergedIndex: helmEndpoint({ method: 'GET', path: '/chartrepo/index.yaml', needs: 'nothing', about: 'instance' }),
  getIndex: helmEndpoint({
    method: 'GET',
    path: '/chartrepo/:namespace/index.yaml',
    needs: 'read',
    about: 'namespace',
  }),
  download: helmEndpoint({
    method: 'GET',
    path: '/chartrepo/:namespace/charts/:file',
    needs: 'read',
    about: 'namespace',
  }),
}

const charts = '/api/chartrepo/:namespace/charts'

/** ChartMuseum's API as Harbor serves it. */
export const chartMuseumEndpoints = {
  list: helmEndpoint({ method: 'GET', path: charts, needs: 'read', about: 'namespace' }),
  listVersions: helmEndpoint({ method: 'GET', path: `${charts}/:chart`, needs: 'read', about: 'namespace' }),
  getVersion: helmEndpoint({ method: 'GET', path: `${charts}/:chart/:version`, needs: 'read', about: 'namespace' }),
  upload: helmEndpoint({
    method: 'POST',
    path: charts,
    needs: 'push',
    about: 'namespace',
    action: 'chart.publish',
  }),
  uploadProvenance: helmEndpoint({
    method: 'POST',
    path: '/api/chartrepo/:namespace/prov',
    needs: 'push',
    about: 'namespace',
    action: 'provenance.add',
  }),
  deleteVersion: helmEndpoint({
    method: 'DELETE',
    path: `${charts}/:chart/:version`,
    needs: 'delete',
    about: 'namespace',
    action: 'chart.delete',
  }),
  /** Only Harbor has it, not ChartMuseum. */
  delete: helmEndpoint({
    method: 'DELETE',
    path: `${charts}/:chart`,
    needs: 'delete',
    about: 'namespace',
    action: 'chart.delete',
  }),
}
