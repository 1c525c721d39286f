import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { OwnAccount } from '../../contract/console/own-account.ts'
import { ownAccountQueries } from '../api/own-account.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { useGrantText } from '../people/use-grant-text.ts'
import definitionListStyles from '../ui/definition-list.module.css'
import { formatTime } from '../ui/format.ts'
import { PageHeader } from '../ui/PageHeader.tsx'
import panelStyles from '../ui/panel.module.css'
import { QueryState } from '../ui/QueryState.tsx'
import sectionsStyles from '../ui/sections.module.css'
import { ChangePasswordForm } from './ChangePasswordForm.tsx'
import { ProviderLink } from './ProviderLink.tsx'

/** The signed-in user's account: profile, permissions, password and sign-in methods. */
export function OwnAccountPage(): ReactElement {
  const { accessKeys, people } = useMessages()
  const account = useQuery(ownAccountQueries.current())
  return (
    <>
      <PageHeader title={people.ownAccount} />
      <QueryState query={account}>
        {(data) => (
          <div className={sectionsStyles.sections}>
            <Profile account={data} />
            <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-grants">
              <h2 id="own-grants">{people.ownGrants}</h2>
              <Grants account={data} />
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

function Profile({ account }: { account: OwnAccount }) {
  const { common, people } = useMessages()
  const { signsInBy } = account
  const methods = [signsInBy.password && people.byPassword, signsInBy.provider && people.byProvider]
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="own-profile">
      <h2 id="own-profile">{people.ownProfile}</h2>
      <dl className={definitionListStyles.list}>
        <dt>{people.account}</dt>
        <dd>{account.name}</dd>
        <dt>{people.role}</dt>
        <dd>
          {people.roles[account.role]}
          <p>{people.roleTexts[account.role]}</p>
        </dd>
        <dt>{people.signsInBy}</dt>
        <dd>{methods.filter(Boolean).join(' · ') || common.none}</dd>
        <dt>{people.lastSignIn}</dt>
        <dd>{formatTime(account.lastSignIn)}</dd>
        <dt>{common.created}</dt>
        <dd>{formatTime(account.created)}</dd>
      </dl>
    </section>
  )
}

function Grants({ account: { role, grants } }: { account: OwnAccount }) {
  const { people } = useMessages()
  const grantText = useGrantText()
  if (role === 'administrator') return <p>{people.ownFullAccess}</p>
  if (grants.length === 0) return <p>{people.ownNoGrants}</p>
  return (
    <dl className={definitionListStyles.list}>
      {[...Map.groupBy(grants, ({ instanceId }) => instanceId)].map(([instanceId, ofInstance]) => (
        <div key={instanceId}>
          <dt>
            <Link to={paths.instance(instanceId)}>{ofInstance[0]?.instanceName}</Link>
          </dt>
          <dd>
            {ofInstance.map((grant) => (
              <p key={`${grant.source} ${grant.namespace}`}>
                {grantText(grant)}
                {grant.source === 'oidc' && ` (${people.fromProvider})`}
              </p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}
