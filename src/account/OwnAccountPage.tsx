import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { OwnAccount } from '../../contract/console/own-account.ts'
import { ownAccountQueries } from '../api/own-account.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useGrantWords } from '../people/use-grant-words.ts'
import factsStyles from '../ui/facts.module.css'
import { formatTime } from '../ui/format.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import panelStyles from '../ui/panel.module.css'
import { QueryState } from '../ui/QueryState.tsx'
import sectionsStyles from '../ui/sections.module.css'
import { ChangePasswordForm } from './ChangePasswordForm.tsx'
import { ProviderLink } from './ProviderLink.tsx'

/** The reader's own account: who they are, what they may do, and what they can change of it. */
export function OwnAccountPage(): ReactElement {
  const { accessKeys, people } = useMessages()
  const account = useQuery(ownAccountQueries.current())
  return (
    <>
      <PageHeader title={people.ownAccount} />
      <QueryState query={account}>
        {(data) => (
          <div className={sectionsStyles.sections}>
            <Facts of={data} />
            <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-grants">
              <h2 id="own-grants">{people.ownGrants}</h2>
              <Grants of={data} />
            </section>
            <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-password">
              <h2 id="own-password">{people.changePassword}</h2>
              {data.signsInBy.password ? <ChangePasswordForm account={data.name} /> : <p>{people.passwordElsewhere}</p>}
            </section>
            <ProviderLink signsInBy={data.signsInBy} />
            <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-access-keys">
              <h2 id="own-access-keys">{accessKeys.title}</h2>
              <p>{accessKeys.linkText}</p>
              <Link to={paths.accessKeys()}>{accessKeys.link}</Link>
            </section>
            <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-preferences">
              <h2 id="own-preferences">{people.preferences}</h2>
              <p>{people.preferencesText}</p>
            </section>
          </div>
        )}
      </QueryState>
    </>
  )
}

function Facts({ of }: { of: OwnAccount }) {
  const { common, people } = useMessages()
  const ways = [of.signsInBy.password && people.byPassword, of.signsInBy.provider && people.byProvider]
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-facts">
      <h2 id="own-facts">{people.ownFacts}</h2>
      <dl className={factsStyles.facts}>
        <dt>{people.account}</dt>
        <dd>{of.name}</dd>
        <dt>{people.role}</dt>
        <dd>
          {people.roles[of.role]}
          <p>{people.roleTexts[of.role]}</p>
        </dd>
        <dt>{people.signsInBy}</dt>
        <dd>{ways.filter(Boolean).join(' · ') || common.none}</dd>
        <dt>{people.lastSignIn}</dt>
        <dd>{formatTime(of.lastSignIn)}</dd>
        <dt>{common.created}</dt>
        <dd>{formatTime(of.created)}</dd>
      </dl>
    </section>
  )
}

function Grants({ of: { role, grants } }: { of: OwnAccount }) {
  const { people } = useMessages()
  const wordsOf = useGrantWords()
  if (role === 'administrator') return <p>{people.ownEverything}</p>
  if (grants.length === 0) return <p>{people.ownNothing}</p>
  return (
    <dl className={factsStyles.facts}>
      {[...Map.groupBy(grants, ({ instanceId }) => instanceId)].map(([instanceId, of]) => (
        <div key={instanceId}>
          <dt>
            <Link to={paths.instance(instanceId)}>{of[0]?.instanceName}</Link>
          </dt>
          <dd>
            {of.map((grant) => (
              <p key={`${grant.source} ${grant.namespace}`}>
                {wordsOf(grant)}
                {grant.source === 'oidc' && ` (${people.fromProvider})`}
              </p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
