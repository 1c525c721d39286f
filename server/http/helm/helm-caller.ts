import type { Caller } from '../../registry/core/call.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'
import { callerOfBasic } from '../../registry/sign-in/basic-credentials.ts'
import { callerOfBearer } from '../../registry/sign-in/bearer-tokens.ts'
import type { Identity } from '../api.ts'
import type { Context } from '../context.ts'
import type { HttpContext } from '../http-env.ts'

/**
 * Authenticates a request of a Helm client by `Authorization`, Basic or Bearer; without it the caller is anonymous. A
 * wrong credential is refused rather than treated as anonymous, so that a mistyped password does not silently yield what
 * is public. Session cookies do not count. A credential valid for several instances is used for `instance`.
 * Throws `credential-refused`, `robot-disabled`, `robot-expired`, `sign-in-throttled`.
 */
export async function helmCaller(c: HttpContext, context: Context, instance: string): Promise<Identity> {
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

/** RFC 7617: base64 of `name:password` in UTF-8; the first colon ends the name. */
async function basicCaller(c: HttpContext, context: Context, value: string, instance: string): Promise<Caller> {
  const text = Buffer.from(value, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) throw new RegistryError('credential-refused')
  // skopeo, podman and CRI-O without a password answer a Basic challenge with an empty name and an empty password.
  if (text === ':') return { kind: 'anonymous' }
  return passwordCaller(c, context, { name: text.slice(0, colon), password: text.slice(colon + 1) }, instance)
}

/** Authenticates by name and password. Throws as {@link helmCaller}. */
export async function passwordCaller(
  c: HttpContext,
  context: Context,
  { name, password }: { readonly name: string; readonly password: string },
  instance: string,
): Promise<Caller> {
  c.set('claimedName', name)
  const { address } = c.get('client')
  const caller = await callerOfBasic(context.registry, { name, password, address, instance })
  if (!caller) throw new RegistryError('credential-refused')
  return caller
}
