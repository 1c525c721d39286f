import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { type ReactElement, useState } from 'react'
import type { AccessKey } from '../../contract/console/access-keys.ts'
import { accessKeyQueries, type NewAccessKey, setAccessKeyDisabled } from '../api/access-keys.ts'
import { settingsQueries } from '../api/settings.ts'
import { Pills } from '../connect/Pills.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { QueryState } from '../ui/QueryState.tsx'
import { SecretDialog } from '../ui/SecretDialog.tsx'
import { Snippet } from '../ui/Snippet.tsx'
import styles from './NewAccessKeyDialog.module.css'
import { environmentLines, SIGNING_EXAMPLES, type SigningExample } from './signing-examples.ts'

/** Shows a new access key and, only this once, its secret. After a rotation it offers to disable the old key. */
export function NewAccessKeyDialog({
  pair,
  old,
  onClosed,
}: {
  pair: NewAccessKey
  /** The key that it replaces. */
  old: AccessKey | undefined
  onClosed: () => void
}): ReactElement {
  const { accessKeys } = useMessages()
  const [example, setExample] = useState<SigningExample>('sdk')
  const settings = useQuery(settingsQueries.current())
  return (
    <SecretDialog
      title={accessKeys.newKey(pair.id)}
      text={accessKeys.secretOnce}
      secret={pair.secret}
      copyLabel={accessKeys.copySecret}
      onClosed={onClosed}
    >
      <div className={styles.lines}>
        {old && !old.disabled && <DisableOldKey accessKey={old} />}
        <QueryState query={settings}>
          {({ publicUrl: endpoint }) => (
            <Snippet heading="h2" title={accessKeys.environment} text={environmentLines({ ...pair, endpoint })} />
          )}
        </QueryState>
        <Pills
          legend={accessKeys.sign}
          values={Object.keys(SIGNING_EXAMPLES) as SigningExample[]} // its own keys
          labels={accessKeys.examples}
          chosen={example}
          onChoose={setExample}
        />
        <Snippet heading="h2" title={accessKeys.examples[example]} text={SIGNING_EXAMPLES[example]} />
      </div>
    </SecretDialog>
  )
}

/** Offers to disable the old key, which works until then so that its programs can switch to the new one first. */
function DisableOldKey({ accessKey: { id } }: { accessKey: AccessKey }) {
  const { accessKeys } = useMessages()
  const disable = useMutation({
    mutationFn: () => setAccessKeyDisabled(id, true),
    meta: { errorShown: true, invalidates: [accessKeyQueries.list().queryKey] },
  })
  if (disable.isSuccess) return <Alert type="success" showIcon title={accessKeys.disabledNow(id)} />
  return (
    <Alert
      type={disable.error ? 'error' : 'info'}
      showIcon
      title={
        <>
          <p className={styles.old}>{disable.error?.message ?? accessKeys.oldWorks(id)}</p>
          <Button danger loading={disable.isPending} onClick={() => disable.mutate()}>
            {accessKeys.disableOld}
          </Button>
        </>
      }
    />
  )
}
