import { Button, DatePicker, Input } from 'antd'
import { clsx } from 'clsx'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import type { Instance } from '../../contract/ccr/instances.ts'
import { AUDIT_ACTIONS, AuditEvent } from '../../contract/console/audit.ts'
import type { AuditParams } from '../api/audit.ts'
import { useMessages } from '../i18n/use-messages.ts'
import controlsStyles from '../ui/controls.module.css'
import fieldStyles from '../ui/Field.module.css'
import { Field } from '../ui/Field.tsx'
import styles from './AuditFilters.module.css'

/** The part of the record's state that is a filter. */
export type AuditFilter = Omit<AuditParams, 'before' | 'after' | 'pageSize'>

/** Whether there is one. */
export function isFiltered(filters: AuditFilter): boolean {
  return Object.values(filters).some(Boolean)
}

/** No filter at all. */
export function noFilters(): AuditFilter {
  return filtersIn(new FormData())
}

/** Narrows the record down: names are whole names, so they count when they are applied and not while they are typed. */
export function AuditFilters({
  filters,
  instances,
  onChange,
}: {
  filters: AuditFilter
  /** Those to choose from; none where the record is of one. */
  instances: readonly Pick<Instance, 'id' | 'name'>[]
  onChange: (filters: AuditFilter) => void
}): ReactElement {
  const { audit } = useMessages()
  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    onChange(filtersIn(new FormData(event.currentTarget)))
  }
  return (
    // The fields hold what is typed; another address brings other values.
    <form key={JSON.stringify(filters)} className={styles.filters} aria-label={audit.filters} onSubmit={apply}>
      <Time name="from" label={audit.from} value={filters.from} />
      <Time name="to" label={audit.to} value={filters.to} />
      <Choice
        name="action"
        label={audit.action}
        value={filters.action}
        options={AUDIT_ACTIONS.map((action) => [action, audit.actions[action]])}
      />
      <Choice
        name="outcome"
        label={audit.outcome}
        value={filters.outcome}
        options={AuditEvent.shape.outcome.options.map((outcome) => [outcome, audit.outcomes[outcome]])}
      />
      <Name name="actor" label={audit.actor} value={filters.actor} />
      {instances.length > 0 && (
        <Choice
          name="instance"
          label={audit.instance}
          value={filters.instance}
          options={instances.map(({ id, name }) => [id, name])}
        />
      )}
      <Name name="namespace" label={audit.namespace} value={filters.namespace} />
      <Name name="chart" label={audit.chart} value={filters.chart} />
      <div className={styles.end}>
        <Button htmlType="submit">{audit.apply}</Button>
        {isFiltered(filters) && <Button onClick={() => onChange(noFilters())}>{audit.clearFilters}</Button>}
      </div>
    </form>
  )
}

interface FilterField {
  name: keyof AuditFilter
  label: string
  value: string | undefined
}

/** A moment on the reader's clock, to the minute, typed or picked. The form carries it as an ISO time. */
function Time({ name, label, value }: FilterField) {
  const [time, setTime] = useState(value)
  return (
    <Field label={label}>
      {(field) => (
        <>
          <DatePicker
            {...field}
            className={clsx(styles.time)}
            format="YYYY-MM-DD HH:mm"
            showTime={{ format: 'HH:mm' }}
            needConfirm={false}
            value={time ? dayjs(time) : null}
            onChange={(chosen) => setTime(chosen?.toISOString())}
            // The picker commits typed text only after the click that takes the focus away, which may submit the form.
            onBlur={(event) => {
              const typed = dayjs((event.target as HTMLInputElement).value) // the picker's text box
              if (typed.isValid()) setTime(typed.toISOString())
            }}
          />
          <input type="hidden" name={name} value={time ?? ''} />
        </>
      )}
    </Field>
  )
}

function Name({ name, label, value }: FilterField) {
  return (
    <Field label={label}>
      {(field) => (
        <Input
          {...field}
          name={name}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={value}
        />
      )}
    </Field>
  )
}

/** The browser's own: it is at home on every telephone and at every keyboard, and thirty actions are many. */
function Choice({ name, label, value, options }: FilterField & { options: readonly (readonly [string, string])[] }) {
  const { audit } = useMessages()
  const id = useId()
  return (
    <div className={fieldStyles.field}>
      <label htmlFor={id}>{label}</label>
      <select id={id} name={name} className={controlsStyles.select} defaultValue={value ?? ''}>
        <option value="">{audit.any}</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </div>
  )
}

function filtersIn(form: FormData): AuditFilter {
  const text = (name: keyof AuditFilter) => String(form.get(name) ?? '').trim() || undefined
  return {
    from: text('from'),
    to: text('to'),
    actor: text('actor'),
    action: AUDIT_ACTIONS.find((action) => action === text('action')),
    outcome: AuditEvent.shape.outcome.options.find((outcome) => outcome === text('outcome')),
    namespace: text('namespace'),
    chart: text('chart'),
    instance: text('instance'),
  }
}
