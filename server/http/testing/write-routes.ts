import type { HttpApp } from '../http-env.ts'

/** The routes below `prefix` that may change something, as `METHOD path`. */
export function writeRoutes(app: HttpApp, prefix: RegExp): string[] {
  const unsafe = app.routes.filter(({ method, path }) => !['ALL', 'GET'].includes(method) && prefix.test(path))
  return [...new Set(unsafe.map(({ method, path }) => `${method} ${path}`))].sort()
}
