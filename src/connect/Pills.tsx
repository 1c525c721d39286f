import { type ReactElement, useId } from 'react'
import visuallyHiddenStyles from '../ui/visually-hidden.module.css'
import styles from './Pills.module.css'

/** A choice between a few values: native radio buttons side by side. */
export function Pills<Value extends string>({
  legend,
  values,
  labels,
  chosen,
  onChoose,
}: {
  legend: string
  values: readonly Value[]
  labels: Readonly<Record<Value, string>>
  chosen: Value
  onChoose: (value: Value) => void
}): ReactElement {
  const name = useId()
  return (
    <fieldset className={styles.pills}>
      <legend>{legend}</legend>
      {values.map((value) => (
        <label key={value} className={styles.pill}>
          <input
            type="radio"
            className={visuallyHiddenStyles.visuallyHidden}
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          {labels[value]}
        </label>
      ))}
    </fieldset>
  )
}
