import { Input } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Pills } from '../connect/Pills.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { ManyNamespacesSelect } from '../people/ManyNamespacesSelect.tsx'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { Field } from '../ui/Field.tsx'
import styles from './RobotFields.module.css'
import { EXPIRIES, MAX_DAYS, type RobotForm, type RobotProblems } from './robot-form.ts'

/** Form fields of a new or existing robot: description, permissions, namespaces and expiry. */
export function RobotFields({
  instanceId,
  form,
  problems,
  canKeepExpiry,
  scopeNote,
  onChange,
}: {
  instanceId: string
  form: RobotForm
  /** Validation problems to show; null before the first submission. */
  problems: RobotProblems | null
  /** Whether to offer keeping the current expiry, for an existing robot. */
  canKeepExpiry: boolean
  /** Note about the permissions. */
  scopeNote?: ReactNode
  onChange: (change: Partial<RobotForm>) => void
}): ReactElement {
  const { common, people, robots } = useMessages()
  const help = (problem: boolean | undefined, text: string) => ({ help: text, error: problem ? text : undefined })
  return (
    <>
      <Field
        label={robots.description}
        help={robots.descriptionHelp}
        error={problems?.description ? common.fieldProblems['at-most-1024'] : undefined}
      >
        {(field) => (
          <Input
            {...field}
            autoComplete="off"
            value={form.description}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        )}
      </Field>
      <ChoiceCards
        legend={robots.permissions}
        chosen={form.may}
        onChoose={(may) => onChange({ may })}
        cards={[
          { value: 'pull', label: robots.pull, text: robots.pullText },
          { value: 'push', label: robots.push, text: robots.pushText },
        ]}
      />
      <ChoiceCards
        legend={people.where}
        chosen={form.where}
        onChoose={(where) => onChange({ where })}
        cards={[
          { value: 'all', label: people.allNamespaces, text: people.allNamespacesText },
          { value: 'some', label: people.someNamespaces, text: people.someNamespacesText },
        ]}
      />
      {form.where === 'some' && (
        <Field required label={people.namespaces} {...help(problems?.namespaces, people.chooseNamespaces)}>
          {(field) => (
            <ManyNamespacesSelect
              {...field}
              instanceId={instanceId}
              value={[...form.namespaces]}
              onChange={(namespaces) => onChange({ namespaces })}
            />
          )}
        </Field>
      )}
      {scopeNote}
      <div className={styles.expiry}>
        <Pills
          legend={robots.expiry}
          values={EXPIRIES.filter((expiry) => canKeepExpiry || expiry !== 'keep')}
          labels={{ ...robots.expiries, keep: robots.keepExpiry }}
          chosen={form.expiry}
          onChoose={(expiry) => onChange({ expiry })}
        />
      </div>
      {form.expiry === 'other' && (
        <Field required label={robots.days} {...help(problems?.days, robots.badDays(MAX_DAYS))}>
          {(field) => (
            <Input
              {...field}
              inputMode="numeric"
              autoComplete="off"
              value={form.days}
              onChange={(event) => onChange({ days: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  )
}
