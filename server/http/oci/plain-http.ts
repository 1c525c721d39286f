import { RegistryError } from '../../registry/core/registry-error.ts'
import type { Context } from '../context.ts'
import { addressedOrigin } from '../helm/challenge.ts'
import type { HttpContext } from '../http-env.ts'

/**
 * Returns the error that helps Helm: from 3.21.1 on it logs in over http and then sends no credentials over http unless
 * `--plain-http` is given. Clients without that flag (Helm before 3.13), and everything over https, get `error` itself.
 * Source: helm `pkg/registry/client.go`; oras-go 2.6.1, GHSA-vh4v-2xq2-g5cg.
 */
export function withPlainHttp(c: HttpContext, context: Context, error: RegistryError): RegistryError {
  if (error.code !== 'credential-missing' || !takesPlainHttp(c.req.header('user-agent') ?? '')) return error
  const isHttp = addressedOrigin(c, context).startsWith('http:')
  return isHttp ? new RegistryError('credential-missing-plain-http') : error
}

function takesPlainHttp(agent: string): boolean {
  const [, major = '0', minor = '0'] = /^Helm\/(\d+)\.(\d+)/.exec(agent) ?? []
  return Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 13)
}
