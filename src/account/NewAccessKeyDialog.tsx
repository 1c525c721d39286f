import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { type ReactElement, useState } from 'react'
import type { AccessKey } from '../../contract/console/access-keys.ts'
import { accessKeyQueries, type NewAccessKey, setAccessKeyDisabled } from '../api/access-keys.ts'
import { settingsQueries } from '../api/settings.ts'
import { Pills } from '../connect/Pills.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { environmentLines, SIGNING_EXAMPLES, type SigningExample } from './signing-examples.ts'
import './access-keys.css'

/** Shows an access key that was just made, with its secret: once. After a rotation it offers to end the old one. */
export function NewAccessKeyDialog({
  pair,
  old,
  onClosed,
}: {
  pair: NewAccessKey
  /** In whose place it was made. */
  old: AccessKey | undefined
  onClosed: () => void
}): ReactElement {
  const { accessKeys, common, people } = useMessages()
  const [open, setOpen] = useState(true)
  const [example, setExample] = useState<SigningExample>('sdk')
  const settings = useQuery(settingsQueries.current())
  const endpoint = settings.data?.publicUrl ?? location.origin
  return (
    <Modal
      open={open}
      title={accessKeys.newKey}
      mask={{ closable: false }}
      closable={{ 'aria-label': common.close }}
      onCancel={() => setOpen(false)}
      afterClose={onClosed}
      width={640}
      footer={
        <Button type="primary" onClick={() => setOpen(false)}>
          {people.done}
        </Button>
      }
    >
      <p>{accessKeys.secretOnce}</p>
      <dl className="facts">
        <dt>{accessKeys.id}</dt>
        <dd>
          <code className="access-key">{pair.id}</code>
          <CopyButton text={pair.id} label={accessKeys.copyId} />
        </dd>
        <dt>{accessKeys.secret}</dt>
        <dd>
          <code className="access-key">{pair.secret}</code>
          <CopyButton text={pair.secret} label={accessKeys.copySecret} />
        </dd>
      </dl>
      <Lines
        title={accessKeys.environment}
        copy={accessKeys.copyEnvironment}
        text={environmentLines({ endpoint, id: pair.id, secret: pair.secret })}
      />
      <Pills
        legend={accessKeys.sign}
        values={Object.keys(SIGNING_EXAMPLES) as SigningExample[]} // its own keys
        labels={accessKeys.examples}
        chosen={example}
        onChoose={setExample}
      />
      <Lines title={accessKeys.examples[example]} copy={accessKeys.copyExample} text={SIGNING_EXAMPLES[example]} />
      {old && !old.disabled && <EndOld of={old} />}
    </Modal>
  )
}

function Lines({ title, copy, text }: { title: string; copy: string; text: string }) {
  return (
    <section className="access-key-lines">
      <div>
        <h3>{title}</h3>
        <CopyButton text={text} label={copy} />
      </div>
      <pre>
        <code>{text}</code>
      </pre>
    </section>
  )
}

/** The old key goes on working until everything that uses it has the new one. */
function EndOld({ of: { id } }: { of: AccessKey }) {
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
          <p className="access-key-old">{disable.error?.message ?? accessKeys.oldWorks(id)}</p>
          <Button danger loading={disable.isPending} onClick={() => disable.mutate()}>
            {accessKeys.disableOld}
          </Button>
        </>
      }
    />
  )
}
