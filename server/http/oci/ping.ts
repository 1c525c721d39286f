import type { Context } from '../context.ts'
import { doorRoute } from '../helm/door-route.ts'
import type { HttpApp } from '../http-env.ts'
import { ociDoor } from './oci-door.ts'

/**
 * `GET /v2/`: says that the registry is one, and to whom. Anonymous callers are always asked for a credential, or
 * `helm registry login` would be content with any password. distribution-spec: end-1.
 */
export function mountPing(app: HttpApp, context: Context): void {
  doorRoute(
    app,
    context,
    { door: ociDoor, method: 'GET', paths: ['/v2/', '/v2'], needs: 'session', about: 'instance' },
    ({ http }) => {
      http.header('Cache-Control', 'no-store')
      http.header('Docker-Distribution-Api-Version', 'registry/2.0')
      return http.json({})
    },
  )
}
