import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Robot } from '../../contract/ccr/robots.ts'
import { changeRobot, robotQueries, rotateSecret } from '../api/robots.ts'
import type { Messages } from '../i18n/messages.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'

/** What is done to a robot by one button. */
export type RobotAct = 'enable' | 'disable' | 'rotate'

/** Says what an act means for a robot and those who use it, and does it. */
export function RobotActDialog({
  instanceId,
  robot: { id, name },
  act,
  onSecret,
  onClosed,
}: {
  instanceId: string
  robot: Robot
  act: RobotAct
  /** Takes the new secret, in the place of the dialog. */
  onSecret: (secret: string) => void
  onClosed: () => void
}): ReactElement {
  const { robots } = useMessages()
  const words = wordsOf(robots, name)[act]
  const mutation = useMutation({
    mutationFn: async () => {
      if (act === 'rotate') return rotateSecret(instanceId, id)
      await changeRobot(instanceId, id, { disable: act === 'disable' })
      return null
    },
    meta: { errorShown: true, invalidates: [robotQueries.all(instanceId)] },
  })
  return (
    <FormDialog
      danger={act !== 'enable'}
      title={words.title}
      submitLabel={words.submit}
      pending={mutation.isPending}
      error={mutation.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        mutation.mutate(undefined, {
          onSuccess: (secret) => {
            if (secret !== null) return onSecret(secret)
            showSuccess(words.done)
            close()
          },
        })
      }
    >
      <p>{words.text}</p>
    </FormDialog>
  )
}

function wordsOf(robots: Messages['robots'], name: string) {
  return {
    enable: {
      title: robots.enableOf(name),
      submit: robots.enable,
      text: robots.enableText(name),
      done: robots.enabledNow(name),
    },
    disable: {
      title: robots.disableOf(name),
      submit: robots.disable,
      text: robots.disableText(name),
      done: robots.disabledNow(name),
    },
    rotate: {
      title: robots.rotateOf(name),
      submit: robots.rotate,
      text: robots.rotateText(name),
      // What is said is the secret itself.
      done: '',
    },
  }
}
