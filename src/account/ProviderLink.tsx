import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import type { OwnAccount } from '../../contract/console/own-account.ts'
import { beginLink, signInMethodQueries } from '../api/provider.ts'
import { useLanguage, useMessages } from '../i18n/use-messages.ts'
import panelStyles from '../ui/panel.module.css'

/** Links the account to the sign-in provider, if one is configured; shows the outcome after the redirect back. */
export function ProviderLink({ signsInBy }: Pick<OwnAccount, 'signsInBy'>): ReactElement | null {
  const { people } = useMessages()
  const [search] = useSearchParams()
  const { data: methods } = useQuery(signInMethodQueries.current(search.get('refused'), useLanguage()))
  const link = useMutation({
    mutationFn: beginLink,
    meta: { errorShown: true },
    onSuccess: ({ location: address }) => location.assign(address),
  })
  const error = link.error?.message ?? methods?.refusal
  if (!methods?.provider) return null
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-provider">
      <h2 id="own-provider">{methods.provider}</h2>
      <p>{signsInBy.provider ? people.linked(methods.provider) : people.linkText(methods.provider)}</p>
      {!signsInBy.provider && (
        <Button loading={link.isPending || link.isSuccess} onClick={() => link.mutate()}>
          {people.link(methods.provider)}
        </Button>
      )}
      {error && (
        <div className={panelStyles.outcome}>
          <Alert type="error" showIcon title={error} />
        </div>
      )}
    </section>
  )
}
