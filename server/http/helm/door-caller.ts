import type { Caller } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { callerOfBasic } from '../../registry/sign-in/basic-credentials.ts'
import { type BearerGrant, callerOfBearer } from '../../registry/sign-in/bearer-tokens.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'

/** Who asks at a Helm door; with `grant` they showed a token, which opens no more than it was given out for. */
export interface HelmCaller {
  readonly caller: Caller
  readonly grant: BearerGrant | null
}

/**
 * Finds who asks at a Helm door, by `Authorization`: Basic or Bearer. Without it, or with nothing in it, they are
 * anonymous; with one that is wrong they are nobody: whoever mistypes a password must not silently get what anyone may
 * have. A session of the console opens no Helm door. A credential that is good for several instances is taken as that
 * of `instance`.
 * Throws `credential-refused`, `robot-disabled`, `robot-over`, `sign-in-throttled`.
 */
export async function helmCaller(c: HttpContext, context: Context, instance: string): Promise<HelmCaller> {
  const header = c.req.header('authorization')
  if (header === undefined) return { caller: { kind: 'anonymous' }, grant: null }
  const [, scheme = '', value = ''] = /^\s*(\S+)\s+(\S+)\s*$/.exec(header) ?? []
  switch (scheme.toLowerCase()) {
    case 'basic':
      return { caller: await basicCaller(c, context, value, instance), grant: null }
    case 'bearer': {
      const grant = await callerOfBearer(context.registry, value)
      if (!grant) throw new RegistryError('credential-refused')
      return { caller: grant.caller, grant }
    }
    default:
      throw new RegistryError('credential-refused')
  }
}

/** RFC 7617: base64 of `name:password`, in UTF-8; the first colon ends the name. */
async function basicCaller(c: HttpContext, context: Context, value: string, instance: string): Promise<Caller> {
  const text = Buffer.from(value, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) throw new RegistryError('credential-refused')
  // skopeo, podman and CRI-O without a password answer a Basic challenge with an empty name and an empty password.
  if (text === ':') return { kind: 'anonymous' }
  const name = text.slice(0, colon)
  c.set('tried', name)
  const password = text.slice(colon + 1)
  const caller = await callerOfBasic(context.registry, { name, password, address: c.get('peer').address, instance })
  if (!caller) throw new RegistryError('credential-refused')
  return caller
}
