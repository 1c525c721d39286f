import { Button } from 'antd'
import type { ReactElement } from 'react'
import { providerSignInAddress } from '../api/provider.ts'
import { useMessages } from '../i18n/use-messages.ts'

/** Link to the identity provider, which returns to `to` after sign-in. `inNewTab` keeps this page open. */
export function ProviderButton({
  name,
  to,
  inNewTab = false,
}: {
  name: string
  to: string
  inNewTab?: boolean
}): ReactElement {
  const { session } = useMessages()
  return (
    <Button
      size="large"
      block
      href={providerSignInAddress(to)}
      {...(inNewTab && { target: '_blank', rel: 'noopener' })}
    >
      {inNewTab ? session.signInByInNewTab(name) : session.signInBy(name)}
    </Button>
  )
}
