import type { HttpApp } from '../http-env.ts'

export interface MountedRoute {
  readonly method: string
  /** Path in Hono's notation. */
  readonly path: string
}

/** Returns every route of every API once, without middleware, which is mounted for all methods. */
export function everyRoute(app: HttpApp): MountedRoute[] {
  const routes = app.routes.filter(({ method }) => method !== 'ALL')
  return [...new Map(routes.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()]
}

/** Returns the routes below `prefix` that may change something, as `METHOD path`, sorted. */
export function writeRoutes(app: HttpApp, prefix: RegExp): string[] {
  const unsafe = everyRoute(app).filter(({ method, path }) => method !== 'GET' && prefix.test(path))
  return unsafe.map(({ method, path }) => `${method} ${path}`).sort()
}

/** Returns the names of the parameters in a path. */
export function parametersOf(path: string): string[] {
  return Array.from(path.matchAll(PARAMETER), ([, name]) => name as string) // the group is always there
}

/** Fills in the parameters of a path. Throws if a value is missing. */
export function pathWith(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(PARAMETER, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The walk has no value for :${name} of ${path}.`)
    return value
  })
}

/** A parameter with an optional pattern, in which braces are nested at most once. */
const PARAMETER = /:(\w+)(?:\{(?:[^{}]|\{[^}]*\})*\})?/g
