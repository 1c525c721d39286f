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
import { useScopeWords } from './use-scope-words.ts'

/** Asks what a new robot is called and may do, and says it in a sentence before it is made. */
export function CreateRobotDialog({
  instanceId,
  onCreated,
  onClosed,
}: {
  instanceId: string
  /** Takes the secret, in the place of the dialog. */
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
  const wrong = Object.values(problems).some(Boolean)
  const taken = errorWithStatus(create.error, 409)
  const badName = { required: common.fieldProblems.required, bad: robots.badName }

  return (
    <FormDialog
      title={robots.create}
      submitLabel={common.create}
      pending={create.isPending}
      error={taken ? null : create.error}
      onClosed={onClosed}
      onSubmit={() => {
        setSubmitted(true)
        if (!wrong) create.mutate(undefined, { onSuccess: ({ secret, ...robot }) => onCreated(robot, secret) })
      }}
    >
      <NameField
        label={robots.name}
        help={robots.nameHelp(ROBOT_PREFIX)}
        error={submitted && problems.name ? badName[problems.name] : taken?.message}
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
        mayKeepEnd={false}
        onChange={(change) => setForm({ ...form, ...change })}
      />
      {!wrong && <Summary of={form} />}
    </FormDialog>
  )
}

/** What is about to be made, in a sentence. */
function Summary({ of: form }: { of: RobotForm }) {
  const { robots } = useMessages()
  const wordsOf = useScopeWords()
  const days = daysOfForm(form) ?? NEVER
  const end = days === NEVER ? robots.summaryNever : robots.summaryDays(days)
  return (
    <p className={styles.summary}>{robots.summary(`${ROBOT_PREFIX}${form.name}`, wordsOf(scopeOfForm(form)), end)}</p>
  )
}
