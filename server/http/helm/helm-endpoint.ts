import * as z from 'zod/mini'
import type { AuditAction } from '../../../contract/domain/audit-events.ts'
import type { Needs } from '../../../contract/domain/needs.ts'
import { nothing } from '../../../contract/empty.ts'
import type { Endpoint, Method } from '../../../contract/endpoint.ts'

/** Declaration of an endpoint for Helm clients. Its handler reads query and body and builds the response. */
interface HelmEndpoint<A extends 'instance' | 'namespace', Path extends string> {
  readonly method: Method
  /** Path of the default instance, in Hono's notation. The API derives the paths with the ID of an instance. */
  readonly path: Path
  readonly needs: Needs
  readonly about: A
  readonly action?: AuditAction
}

/** Names of the parameters in a path: `name` and `tag` in `/:name{.+}/:tag`. */
type ParamNames<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Param}/${infer Others}`
    ? NameOf<Param> | ParamNames<`/${Others}`>
    : NameOf<Rest>
  : never
type NameOf<Param extends string> = Param extends `${infer Name}{${string}` ? Name : Param

type Params<Path extends string> = z.ZodMiniObject<Record<ParamNames<Path>, z.ZodMiniString>, z.core.$strip>

/** Declares an endpoint for Helm clients. */
export function helmEndpoint<A extends 'instance' | 'namespace', Path extends string>(
  row: HelmEndpoint<A, Path>,
): Endpoint<A, Params<Path>, typeof nothing, 'bytes', 'raw'> {
  const names = Array.from(row.path.matchAll(/:(\w+)/g), ([, name]) => [name, z.string()])
  const params = z.object(Object.fromEntries(names)) as Params<Path> // the same names as in the type
  return { ...row, params, query: nothing, body: 'bytes', response: 'raw' }
}
