import { Input } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { Pills } from '../connect/Pills.tsx'
import { useMessages } from '../i18n/use-messages.ts'
import { ManyNamespacesSelect } from '../people/ManyNamespacesSelect.tsx'
import { ChoiceCards } from '../ui/ChoiceCards.tsx'
import { Field } from '../ui/Field.tsx'
import styles from './RobotFields.module.css'
import { DAYS_AT_MOST, ENDS, type RobotForm, type RobotProblems } from './robot-form.ts'

/** What can be chosen of a robot, new or not: what it is for, what it may do where, and when it ends. */
export function RobotFields({
  instanceId,
  form,
  problems,
  mayKeepEnd,
  besideScope,
  onChange,
}: {
  instanceId: string
  form: RobotForm
  /** What to say is wrong; nothing before somebody has tried. */
  problems: RobotProblems | null
  /** Whether it has an end that can stay. */
  mayKeepEnd: boolean
  /** What must be known of the scope. */
  besideScope?: ReactNode
  onChange: (change: Partial<RobotForm>) => void
}): ReactElement {
  const { common, people, robots } = useMessages()
  const help = (problem: boolean | undefined, text: string) => (problem ? { error: text } : { help: text })
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
        legend={robots.may}
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
      {besideScope}
      <div className={styles.ends}>
        <Pills
          legend={robots.ends}
          values={ENDS.filter((ends) => mayKeepEnd || ends !== 'keep')}
          labels={{ ...robots.endsAfter, keep: robots.endsKeep }}
          chosen={form.ends}
          onChoose={(ends) => onChange({ ends })}
        />
      </div>
      {form.ends === 'other' && (
        <Field required label={robots.days} {...help(problems?.days, robots.badDays(DAYS_AT_MOST))}>
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
