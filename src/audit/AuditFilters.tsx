import { Button, DatePicker, Input } from 'antd'
import { clsx } from 'clsx'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import type { Instance } from '../../contract/ccr/instances.ts'
import { AuditEvent } from '../../contract/console/audit.ts'
import { AUDIT_ACTIONS } from '../../contract/domain/audit-events.ts'
import type { AuditParams } from '../api/audit.ts'
import { useMessages } from '../i18n/use-messages.ts'
import controlsStyles from '../ui/controls.module.css'
import fieldStyles from '../ui/Field.module.css'
import { Field } from '../ui/Field.tsx'
import styles from './AuditFilters.module.css'

/** URL parameters of the audit log that filter events, without the cursor. */
export type AuditFilter = Omit<AuditParams, 'before' | 'after' | 'pageSize'>

/** Whether at least one filter is set. */
export function isFiltered(filters: AuditFilter): boolean {
  return Object.values(filters).some(Boolean)
}

/** Filters that match every event. */
export function noFilters(): AuditFilter {
  return filtersIn(new FormData())
}

/** Filter form of the audit log. Names match exactly, so filters take effect on submit, not while typing. */
export function AuditFilters({
  filters,
  instances,
  onChange,
}: {
  filters: AuditFilter
  /** Options of the instance filter; empty in the audit log of a single instance. */
  instances: readonly Pick<Instance, 'id' | 'name'>[]
  onChange: (filters: AuditFilter) => void
}): ReactElement {
  const { audit } = useMessages()
  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    onChange(filtersIn(new FormData(event.currentTarget)))
  }
  return (
    // The fields are uncontrolled: the key resets them when the URL changes.
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

/** Date and time in the browser's time zone, to the minute. Submitted as an ISO string. */
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
            // The picker commits typed text only after the click that takes the focus, and that may submit the form.
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

/** A native select: with over thirty actions, it works best on phones and with the keyboard. */
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
