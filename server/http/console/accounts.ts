import { type Account, accountEndpoints } from '../../../contract/console/accounts.ts'
import type { Account as AccountRow } from '../../db/schema.ts'
import { listAccounts } from '../../registry/people/account-queries.ts'
import { changeAccount, choosePassword, createAccount, resetPassword } from '../../registry/people/accounts.ts'
import { NO_PASSWORD } from '../../registry/people/passwords.ts'
import type { Api } from '../api.ts'
import { route } from '../route.ts'
import { pageRequest } from '../transport/page-request.ts'

/** Accounts, for administrators of the registry. */
export function mountAccounts(api: Api): void {
  const { context } = api
  const { registry } = context

  route(api, accountEndpoints.list, async ({ query }) => {
    const { total, rows } = await listAccounts(registry.database.read, { ...pageRequest(query), query: query.query })
    return { total, pageNo: query.pageNo, pageSize: query.pageSize, items: rows.map(toAccount) }
  })

  route(api, accountEndpoints.create, async ({ call, body }) => {
    const { password, generated } = choosePassword(body.password)
    const row = await createAccount(registry, call, { name: body.name, role: body.role, password })
    return { account: toAccount(row), generatedPassword: generated }
  })

  route(api, accountEndpoints.change, async ({ call, params, body }) =>
    toAccount(await changeAccount(registry, call, params.accountId, body)),
  )

  route(api, accountEndpoints.resetPassword, async ({ call, params, body }) => {
    const { password, generated } = choosePassword(body.password)
    await resetPassword(registry, call, params.accountId, password, {
      revokeCredentials: body.revokeCredentials === true,
    })
    return { generatedPassword: generated }
  })
}

/** Returns the available ways for an account to sign in. */
export function signsInBy({
  password_hash,
  oidc_subject,
}: Pick<AccountRow, 'password_hash' | 'oidc_subject'>): Account['signsInBy'] {
  return { password: password_hash !== NO_PASSWORD, provider: oidc_subject !== null }
}

function toAccount(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    disabled: row.disabled === 1,
    signsInBy: signsInBy(row),
    created: row.created_at,
    lastSignIn: row.last_sign_in_at,
  }
}
