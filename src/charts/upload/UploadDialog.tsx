import { InfoCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { App, Button, Modal } from 'antd'
import { clsx } from 'clsx'
import { type ComponentProps, type ReactElement, useRef, useState } from 'react'
import { settingsQueries } from '../../api/settings.ts'
import { useMessages } from '../../i18n/use-messages.ts'
import { Field } from '../../ui/Field.tsx'
import { formatBytes } from '../../ui/format.ts'
import { LoadError } from '../../ui/LoadError.tsx'
import { NamespaceSelect } from '../NamespaceSelect.tsx'
import { arrangeFiles } from './arrange-files.ts'
import { ChoiceList } from './ChoiceList.tsx'
import { DropZone } from './DropZone.tsx'
import { QueueList } from './QueueList.tsx'
import styles from './UploadDialog.module.css'
import { uploadJob } from './upload-job.ts'
import { isRunning, tally } from './upload-queue.ts'
import { useChoice } from './use-choice.ts'
import { useLeaveGuard } from './use-leave-guard.ts'
import { useSoleNamespace } from './use-sole-namespace.ts'
import { useUploadRunner } from './use-upload-runner.ts'
import { useVerdicts } from './use-verdicts.ts'
import { isSendable } from './verdict.ts'

/**
 * Lets the user choose charts, shows the effect of uploading each, and uploads those that are new or confirmed. `files`
 * are chosen from the start; `fixed` disables the choice of a namespace.
 */
export function UploadDialog(props: ComponentProps<typeof Dialog>): ReactElement {
  // An App context of its own, so that the confirmation of useLeaveGuard opens over this dialog.
  return (
    <App component={false}>
      <Dialog {...props} />
    </App>
  )
}

function Dialog({
  open,
  instanceId,
  namespace: preselected,
  fixed,
  files,
  onClose,
  onClosed,
}: {
  open: boolean
  instanceId: string
  namespace: string | undefined
  fixed: boolean
  files: readonly File[]
  onClose: () => void
  onClosed: () => void
}) {
  const { upload, common } = useMessages()
  const [chosenNamespace, setNamespace] = useState(preselected)
  const firstButton = useRef<HTMLButtonElement>(null)
  const sole = useSoleNamespace(instanceId)
  const namespace = chosenNamespace ?? sole
  const settings = useQuery(settingsQueries.current())
  const limit = settings.data?.maxUploadBytes
  const { choice, dispatch, add } = useChoice(limit, files)
  const arrangement = arrangeFiles(choice)
  const { verdicts, recheck } = useVerdicts(instanceId, namespace, arrangement.charts)
  const { runner, queue, isPaused } = useUploadRunner(instanceId)
  useLeaveGuard(tally(queue).open, runner.cancelAll)

  const jobs = arrangement.charts.flatMap((chart) => {
    const verdict = verdicts.get(chart.id)
    if (!verdict || namespace === undefined || !isSendable(chart, verdict, choice.confirmed)) return []
    return uploadJob(chart, verdict, namespace) ?? []
  })
  const sending = queue.length > 0

  function startOver() {
    const done = queue.filter(({ transfer }) => transfer.state === 'done').map(({ job }) => job)
    const ids = done.flatMap(({ id }) => [
      id,
      arrangement.charts.find((chart) => chart.id === id)?.provenance?.id ?? [],
    ])
    dispatch({ type: 'removed', ids: ids.flat() })
    runner.clear()
  }

  return (
    <Modal
      open={open}
      title={upload.title}
      width={860}
      className={clsx(styles.dialog)}
      style={{ top: 48 }}
      styles={{ header: { marginBottom: 16 } }}
      mask={{ closable: false }}
      closable={{ 'aria-label': common.close }}
      onCancel={onClose}
      afterClose={onClosed}
      afterOpenChange={(opened) => opened && firstButton.current?.focus()}
      footer={
        sending ? (
          <>
            {isRunning(queue) ? (
              <Button onClick={runner.cancelAll}>{upload.cancelAll}</Button>
            ) : (
              <Button onClick={startOver}>{upload.startOver}</Button>
            )}
            <Button type={isRunning(queue) ? 'default' : 'primary'} onClick={onClose}>
              {common.close}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{common.cancel}</Button>
            <Button type="primary" disabled={jobs.length === 0} onClick={() => runner.add(jobs)}>
              {upload.send(jobs.length)}
            </Button>
          </>
        )
      }
    >
      <div
        className={styles.body}
        // Scrollable content must be reachable by keyboard, and the queue may contain no button.
        {...(sending && { role: 'region', 'aria-label': upload.queue, tabIndex: 0 })}
      >
        {sending ? (
          <QueueList
            queue={queue}
            isPaused={isPaused}
            runner={runner}
            charts={arrangement.charts}
            verdicts={verdicts}
          />
        ) : (
          <>
            <Field
              required
              label={upload.namespace}
              {...(namespace === undefined &&
                (choice.files.length > 0 ? { error: upload.namespaceRequired } : { help: upload.namespaceRequired }))}
            >
              {(control) => (
                <NamespaceSelect
                  {...control}
                  className={clsx(styles.namespace)}
                  instanceId={instanceId}
                  value={namespace}
                  onChange={setNamespace}
                  creates
                  needs="push"
                  disabled={fixed}
                />
              )}
            </Field>
            {settings.error && !settings.data ? (
              <LoadError error={settings.error} onRetry={() => void settings.refetch()} />
            ) : (
              <DropZone
                limit={limit === undefined ? '…' : formatBytes(limit)}
                small={choice.files.length > 0}
                buttonRef={firstButton}
                onFiles={add}
              />
            )}
            <p className={styles.note}>
              <InfoCircleOutlined aria-hidden />
              {upload.overwriteNote}
            </p>
            <ChoiceList
              arrangement={arrangement}
              verdicts={verdicts}
              confirmed={choice.confirmed}
              dispatch={dispatch}
              onRecheck={recheck}
            />
          </>
        )}
      </div>
    </Modal>
  )
}
