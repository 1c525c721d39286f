import { type AccessKey, accessKeyEndpoints } from '../../../contract/console/access-keys.ts'
import type { AccessKeyRow } from '../../db/schema.ts'
import { listAccessKeys } from '../../registry/people/access-key-queries.ts'
import { changeAccessKey, createAccessKey, deleteAccessKey, ownerOf } from '../../registry/people/access-keys.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'

/** The caller's access keys. */
export function mountAccessKeys(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, accessKeyEndpoints.list, async ({ call }) => {
    const rows = await listAccessKeys(registry.database.read, ownerOf(call))
    return { items: rows.map(toAccessKey) }
  })

  route(api, accessKeyEndpoints.create, async ({ call, body }) => {
    const { row, secret } = await createAccessKey(registry, call, body.description)
    return { ...toAccessKey(row), secret }
  })

  route(api, accessKeyEndpoints.change, async ({ call, params, body }) =>
    toAccessKey(await changeAccessKey(registry, call, params.accessKeyId, body)),
  )

  route(api, accessKeyEndpoints.delete, async ({ call, params }) => {
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
