import {
  type AccessKey,
  changeAccessKey as changeAccessKeyEndpoint,
  createAccessKey as createAccessKeyEndpoint,
  deleteAccessKey as deleteAccessKeyEndpoint,
  listAccessKeys as listAccessKeysEndpoint,
} from '../../../contract/console/access-keys.ts'
import type { AccessKeyRow } from '../../db/schema.ts'
import { listAccessKeys } from '../../registry/people/access-key-queries.ts'
import { changeAccessKey, createAccessKey, deleteAccessKey, ownerOf } from '../../registry/people/access-keys.ts'
import type { Context } from '../context.ts'
import type { HttpApp } from '../http-env.ts'
import { route } from '../route.ts'

/** The access keys of whoever is signed in. */
export function mountAccessKeys(app: HttpApp, context: Context): void {
  const { registry } = context

  route(app, context, listAccessKeysEndpoint, async ({ call }) => {
    const rows = await listAccessKeys(registry.database.read, ownerOf(call))
    return { items: rows.map(toAccessKey) }
  })

  route(app, context, createAccessKeyEndpoint, async ({ call, body }) => {
    const { row, secret } = await createAccessKey(registry, call, body.description)
    return { ...toAccessKey(row), secret }
  })

  route(app, context, changeAccessKeyEndpoint, async ({ call, params, body }) =>
    toAccessKey(await changeAccessKey(registry, call, params.accessKeyId, body)),
  )

  route(app, context, deleteAccessKeyEndpoint, async ({ call, params }) => {
    await deleteAccessKey(registry, call, params.accessKeyId)
    return undefined
  })
}

function toAccessKey({ id, description, disabled, configured, created_at, last_used_at }: AccessKeyRow): AccessKey {
  return {
    id,
    description,
    disabled: disabled === 1,
    configured: configured === 1,
    created: created_at,
    lastUsed: last_used_at,
  }
}
