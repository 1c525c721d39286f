import { useMutation } from '@tanstack/react-query'
import { Alert } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Robot } from '../../contract/ccr/robots.ts'
import { changeRobot, robotQueries } from '../api/robots.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { showSuccess } from '../ui/feedback.ts'
import { RobotFields } from './RobotFields.tsx'
import { daysOfForm, formOf, problemsOf, type RobotForm, scopeOfForm } from './robot-form.ts'
import { permissionsOf, scopesOf } from './robot-scope.ts'

/** Dialog that changes a robot's description, permissions and expiry. */
export function ChangeRobotDialog({
  instanceId,
  robot,
  onClosed,
}: {
  instanceId: string
  robot: Robot
  onClosed: () => void
}): ReactElement {
  const { common, robots } = useMessages()
  const before = formOf(robot)
  const [form, setForm] = useState<RobotForm>(before)
  const [submitted, setSubmitted] = useState(false)
  const isScopeUnchanged = JSON.stringify(scopeOfForm(form)) === JSON.stringify(scopeOfForm(before))
  const change = useMutation({
    mutationFn: () =>
      changeRobot(instanceId, robot.id, {
        description: form.description,
        duration: daysOfForm(form),
        permissions: isScopeUnchanged ? undefined : permissionsOf(scopeOfForm(form)),
      }),
    meta: { errorShown: true, invalidates: [robotQueries.all(instanceId)] },
  })
  const problems = problemsOf(form, false)
  // A robot whose namespaces were deleted may be saved without any.
  const isInvalid = problems.description || problems.days || (problems.namespaces && !isScopeUnchanged)

  return (
    <FormDialog
      title={robots.changeOf(robot.name)}
      submitLabel={common.save}
      pending={change.isPending}
      error={change.error}
      onClosed={onClosed}
      onSubmit={(close) => {
        setSubmitted(true)
        if (isInvalid) return
        change.mutate(undefined, {
          onSuccess: () => {
            showSuccess(robots.changed(robot.name))
            close()
          },
        })
      }}
    >
      <RobotFields
        canKeepExpiry
        instanceId={instanceId}
        form={form}
        problems={submitted ? problems : null}
        scopeNote={scopesOf(robot.permissions).length > 1 && <Alert type="info" showIcon title={robots.scopeMixed} />}
        onChange={(changed) => setForm({ ...form, ...changed })}
      />
    </FormDialog>
  )
}
