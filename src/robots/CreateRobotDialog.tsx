import { useMutation } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { NEVER, type Robot } from '../../contract/ccr/robots.ts'
import { ROBOT_PREFIX } from '../../contract/domain/robot-name.ts'
import { errorWithStatus } from '../api/api-error.ts'
import { makeRobot, robotQueries } from '../api/robots.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { FormDialog } from '../ui/FormDialog.tsx'
import { NameField } from '../ui/NameField.tsx'
import styles from './CreateRobotDialog.module.css'
import { RobotFields } from './RobotFields.tsx'
import { daysOfForm, NEW_ROBOT, problemsOf, type RobotForm, scopeOfForm } from './robot-form.ts'
import { permissionsOf } from './robot-scope.ts'
import { useScopeText } from './use-scope-text.ts'

/** Dialog that creates a robot account, with a summary of the entered values in a sentence. */
export function CreateRobotDialog({
  instanceId,
  onCreated,
  onClosed,
}: {
  instanceId: string
  /** Called with the secret, to show it in place of the dialog. */
  onCreated: (robot: Robot, secret: string) => void
  onClosed: () => void
}): ReactElement {
  const { common, robots } = useMessages()
  const [form, setForm] = useState<RobotForm>(NEW_ROBOT)
  const [submitted, setSubmitted] = useState(false)
  const create = useMutation({
    mutationFn: () =>
      makeRobot(instanceId, {
        name: form.name,
        description: form.description,
        duration: daysOfForm(form) ?? NEVER,
        permissions: permissionsOf(scopeOfForm(form)),
      }),
    meta: { errorShown: true, invalidates: [robotQueries.all(instanceId)] },
  })
  const problems = problemsOf(form, true)
  const isInvalid = Object.values(problems).some(Boolean)
  const taken = errorWithStatus(create.error, 409)
  const nameProblems = { required: common.fieldProblems.required, invalid: robots.badName }

  return (
    <FormDialog
      title={robots.create}
      submitLabel={common.create}
      pending={create.isPending}
      error={taken ? null : create.error}
      onClosed={onClosed}
      onSubmit={() => {
        setSubmitted(true)
        if (!isInvalid) create.mutate(undefined, { onSuccess: ({ secret, ...robot }) => onCreated(robot, secret) })
      }}
    >
      <NameField
        label={robots.name}
        help={robots.nameHelp(ROBOT_PREFIX)}
        error={submitted && problems.name ? nameProblems[problems.name] : taken?.message}
        prefix={ROBOT_PREFIX}
        value={form.name}
        onChange={(value) => {
          setForm({ ...form, name: value })
          create.reset()
        }}
      />
      <RobotFields
        instanceId={instanceId}
        form={form}
        problems={submitted ? problems : null}
        canKeepExpiry={false}
        onChange={(change) => setForm({ ...form, ...change })}
      />
      {!isInvalid && <Summary of={form} />}
    </FormDialog>
  )
}

/** Describes the robot account to be created. */
function Summary({ of: form }: { of: RobotForm }) {
  const { robots } = useMessages()
  const scopeText = useScopeText()
  const days = daysOfForm(form) ?? NEVER
  const expiry = days === NEVER ? robots.summaryNever : robots.summaryDays(days)
  return (
    <p className={styles.summary}>
      {robots.summary(`${ROBOT_PREFIX}${form.name}`, scopeText(scopeOfForm(form)), expiry)}
    </p>
  )
}
