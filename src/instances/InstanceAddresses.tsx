import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { Instance } from '../../contract/ccr/instances.ts'
import { domainQueries } from '../api/domains.ts'
import { settingsQueries } from '../api/settings.ts'
import { registryAddress, repositoryUrl } from '../connect/target.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { useMay } from '../session/use-may.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import definitionListStyles from '../ui/definition-list.module.css'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import panelStyles from '../ui/panel.module.css'
import { QueryState } from '../ui/QueryState.tsx'
import styles from './InstanceAddresses.module.css'

const DomainsDialog = lazyPart(async () => (await import('./DomainsDialog.tsx')).DomainsDialog)

/** The addresses of an instance's APIs, with the clients of each, and its custom domains. */
export function InstanceAddresses({ instance }: { instance: Instance }): ReactElement {
  const { common, instances } = useMessages()
  const may = useMay()
  const [editing, setEditing] = useState(false)
  const settings = useQuery(settingsQueries.current())
  const mayAdminister = may('administer', { instanceId: instance.id })
  const { data: domains } = useQuery({ ...domainQueries.list(instance.id), enabled: mayAdminister })
  const notInUse = domains?.notInUse ?? []
  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-labelledby="addresses">
      <h2 id="addresses">{instances.addresses}</h2>
      <QueryState query={settings}>
        {({ publicUrl }) => (
          <dl className={definitionListStyles.list}>
            <Address
              name={instances.ociRegistry}
              address={`oci://${instance.publicURL}`}
              text={instances.ociRegistryText(`oci://${instance.publicURL}`)}
            />
            <Address
              name={instances.chartRepository}
              address={repositoryUrl(registryAddress(publicUrl, instance.publicURL), '')}
              text={instances.chartRepositoryText}
            />
            <Address
              name={instances.managementApi}
              address={`${publicUrl}/v1/instances/${instance.id}`}
              text={instances.managementApiText}
            />
            <dt>{instances.customDomains}</dt>
            <dd>
              <Domains of={instance.customDomains} none={common.none} />{' '}
              {may('administer-registry') && (
                <Button
                  type="link"
                  className={clsx(definitionListStyles.action)}
                  aria-label={instances.editDomainsOf(instance.name)}
                  onClick={() => setEditing(true)}
                >
                  {common.edit}
                </Button>
              )}
              <p>
                {instances.customDomainsText}
                {mayAdminister && !may('administer-registry') && ` ${instances.customDomainsAssigned}`}
              </p>
              {notInUse.length > 0 && (
                <>
                  <Domains of={notInUse} none={null} />
                  <p>{instances.domainsNotInUse}</p>
                </>
              )}
            </dd>
          </dl>
        )}
      </QueryState>
      <PartBoundary onFailed={() => setEditing(false)}>
        {editing && <DomainsDialog instance={instance} notInUse={notInUse} onClosed={() => setEditing(false)} />}
      </PartBoundary>
    </section>
  )
}

function Address({ name, address, text }: { name: string; address: string; text: string }) {
  const { instances } = useMessages()
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{address}</code>
        <CopyButton text={address} label={instances.copyAddress(name)} />
        <p>{text}</p>
      </dd>
    </>
  )
}

function Domains({ of, none }: { of: readonly string[]; none: ReactNode }) {
  if (of.length === 0) return <>{none}</>
  return (
    <ul className={styles.domains}>
      {of.map((domain) => (
        <li key={domain}>
          <code>{domain}</code>
        </li>
      ))}
    </ul>
  )
}
