import type { HttpApp } from '../http-env.ts'

export interface MountedRoute {
  readonly method: string
  /** In Hono's notation. */
  readonly path: string
}

/** Every route of every surface, each once. What is mounted for all methods is no route. */
export function everyRoute(app: HttpApp): MountedRoute[] {
  const routes = app.routes.filter(({ method }) => method !== 'ALL')
  return [...new Map(routes.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()]
}

/** The routes below `prefix` that may change something, as `METHOD path`, in order. */
export function writeRoutes(app: HttpApp, prefix: RegExp): string[] {
  const unsafe = everyRoute(app).filter(({ method, path }) => method !== 'GET' && prefix.test(path))
  return unsafe.map(({ method, path }) => `${method} ${path}`).sort()
}

/** Names of the parameters in a path. */
export function parametersOf(path: string): string[] {
  return Array.from(path.matchAll(PARAMETER), ([, name]) => name as string) // the group is always there
}

/** The path with its parameters filled in. Throws where a value is missing: a walk must know every parameter. */
export function pathWith(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(PARAMETER, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The walk has no value for :${name} of ${path}.`)
    return value
  })
}

/** A parameter, with the pattern that it may have; braces stand one deep inside each other. */
const PARAMETER = /:(\w+)(?:\{(?:[^{}]|\{[^}]*\})*\})?/g
