import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import type { OwnAccount } from '../../contract/console/own-account.ts'
import { beginLink, signInWaysQueries } from '../api/provider.ts'
import { useLanguage, useMessages } from '../i18n/use-messages.ts'
import panelStyles from '../ui/panel.module.css'

/** Lets the reader sign in by the provider too, where there is one; says what came of it when they are back. */
export function ProviderLink({ signsInBy }: Pick<OwnAccount, 'signsInBy'>): ReactElement | null {
  const { people } = useMessages()
  const [search] = useSearchParams()
  const { data: ways } = useQuery(signInWaysQueries.current(search.get('refused'), useLanguage()))
  const link = useMutation({
    mutationFn: beginLink,
    meta: { errorShown: true },
    onSuccess: ({ location: address }) => location.assign(address),
  })
  const refusal = link.error?.message ?? ways?.refusal
  if (!ways?.provider) return null
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-provider">
      <h2 id="own-provider">{ways.provider}</h2>
      {refusal && <Alert type="error" showIcon title={refusal} />}
      <p>{signsInBy.provider ? people.linked(ways.provider) : people.linkText(ways.provider)}</p>
      {!signsInBy.provider && (
        <Button loading={link.isPending || link.isSuccess} onClick={() => link.mutate()}>
          {people.link(ways.provider)}
        </Button>
      )}
    </section>
  )
}
