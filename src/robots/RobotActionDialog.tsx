import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import type { Robot } from '../../contract/ccr/robots.ts'
import { changeRobot, robotQueries, rotateSecret } from '../api/robots.ts'
import type { Messages } from '../i18n/messages.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'

/** An action on a robot that needs confirmation. */
export type RobotAction = 'enable' | 'disable' | 'rotate'

/** Dialog that explains an action on a robot, and performs it. */
export function RobotActionDialog({
  instanceId,
  robot: { id, name },
  action,
  onSecret,
  onClosed,
}: {
  instanceId: string
  robot: Robot
  action: RobotAction
  /** Called with the new secret, to show it in place of the dialog. */
  onSecret: (secret: string) => void
  onClosed: () => void
}): ReactElement {
  const { robots } = useMessages()
  const texts = textsOf(robots, name)[action]
  const mutation = useMutation({
    mutationFn: async () => {
      if (action === 'rotate') return rotateSecret(instanceId, id)
      await changeRobot(instanceId, id, { disable: action === 'disable' })
      return null
    },
    meta: { errorShown: true, invalidates: [robotQueries.all(instanceId)] },
  })
  return (
    <FormDialog
      danger={action !== 'enable'}
      title={texts.title}
      submitLabel={texts.submit}
      pending={mutation.isPending}
      error={mutation.error}
      onClosed={onClosed}
      onSubmit={(close) =>
        mutation.mutate(undefined, {
          onSuccess: (secret) => {
            if (secret !== null) return onSecret(secret)
            showSuccess(texts.done)
            close()
          },
        })
      }
    >
      <p>{texts.text}</p>
    </FormDialog>
  )
}

function textsOf(robots: Messages['robots'], name: string) {
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
      // The secret is shown instead.
      done: '',
    },
  }
}
