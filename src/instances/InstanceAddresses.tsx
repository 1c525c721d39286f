import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { settingsQueries } from '../api/settings.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { QueryState } from '../ui/QueryState.tsx'
import { useInstanceId } from './use-instance-id.ts'

/** The doors of an instance: for each, where it is and who uses it. */
export function InstanceAddresses(): ReactElement {
  const { instances } = useMessages()
  const instanceId = useInstanceId()
  const settings = useQuery(settingsQueries.current())
  return (
    <section className="panel panel-padded" aria-labelledby="addresses">
      <h2 id="addresses">{instances.addresses}</h2>
      <QueryState query={settings}>
        {({ publicUrl }) => (
          <dl className="facts">
            <Address
              name={instances.managementApi}
              address={`${publicUrl}/v1/instances/${instanceId}`}
              text={instances.managementApiText}
            />
          </dl>
        )}
      </QueryState>
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
