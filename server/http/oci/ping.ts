import type { Api } from '../api.ts'
import { route } from '../route.ts'
import { ping } from './endpoints.ts'

/**
 * `GET /v2/`: says that this is a registry, and whether the credential is valid. Anonymous callers always get a 401, or
 * `helm registry login` would accept any password.
 */
export function mountPing(api: Api): void {
  route(api, ping, ({ http }) => {
    http.header('Cache-Control', 'no-store')
    http.header('Docker-Distribution-Api-Version', 'registry/2.0')
    return http.json({})
  })
}
