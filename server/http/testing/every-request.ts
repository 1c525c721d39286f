import type { HttpApp } from '../http-env.ts'

/** A request that a caller could make, and the route that it is for. */
export interface NamedRequest {
  /** `METHOD path`, as the route was mounted. */
  readonly route: string
  readonly method: string
  readonly path: string
}

/** What the paths name: an instance, a namespace of it, and the chart `nginx` 1.0.0 there. */
export interface Named {
  readonly instance: string
  readonly namespace: string
  /** Of the archive, `sha256:…`. */
  readonly digest: string
}

/**
 * A request to every route of every door, with names in the place of parameters; to what is read by HEAD too. What
 * the path cannot name of the namespace, the query does, for those who look at it.
 */
export function everyRequest(app: HttpApp, named: Named): NamedRequest[] {
  const mounted = new Set(
    app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
  )
  return [...mounted].flatMap((route) => {
    const [method = '', pattern = ''] = route.split(' ')
    const { namespace, digest } = named
    const query = new URLSearchParams({
      version: '1.0.0',
      projectName: namespace,
      repository: namespace,
      query: namespace,
      namespace,
      scope: `repository:${namespace}/nginx:pull,push`,
      name: namespace,
      id: '1',
      userId: 'ann',
      digest,
    })
    const methods = method === 'GET' ? ['GET', 'HEAD'] : [method]
    return methods.flatMap((asked) =>
      pathsOf(pattern, named).map((path) => ({ route, method: asked, path: `${path}?${query}` })),
    )
  })
}

/** A parameter in Hono's notation, with what it must match. */
const PARAMETER = /:(\w+)(?:\{(?:[^{}]|\{\d+\})*\})?/g

/** The paths that a route matches. A repository of OCI is written with its instance and without it. */
function pathsOf(pattern: string, { instance, namespace, digest }: Named): string[] {
  const values: Record<string, string> = {
    instanceId: instance,
    projectName: namespace,
    namespace,
    chartName: 'nginx',
    chart: 'nginx',
    chartVersion: '1.0.0',
    version: '1.0.0',
    filename: 'nginx-1.0.0.tgz',
    file: 'nginx-1.0.0.tgz',
    digest,
    reference: '1.0.0',
    upload: '0'.repeat(32),
    robotId: '1',
    accountId: 'nobody',
    accessKeyId: '0'.repeat(32),
  }
  const names = pattern.includes(':name{') ? [`${instance}/${namespace}/nginx`, `${namespace}/nginx`] : ['']
  return names.map((name) =>
    pattern.replace(PARAMETER, (_, parameter: string) => {
      const value = parameter === 'name' ? name : values[parameter]
      if (value === undefined) throw new Error(`What stands for :${parameter} in ${pattern}?`)
      return value
    }),
  )
}
