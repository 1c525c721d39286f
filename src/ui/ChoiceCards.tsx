import { type ReactElement, useId } from 'react'
import styles from './ChoiceCards.module.css'
import controlsStyles from './controls.module.css'

/** A choice, and what it means. */
export interface ChoiceCard<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly text: string
}

/** One of a few, each explained: radio buttons as the browser has them, in cards. */
export function ChoiceCards<Value extends string>({
  legend,
  cards,
  chosen,
  onChoose,
}: {
  legend: string
  cards: readonly ChoiceCard<Value>[]
  chosen: Value
  onChoose: (value: Value) => void
}): ReactElement {
  const name = useId()
  return (
    <fieldset className={styles.cards}>
      <legend>{legend}</legend>
      {cards.map(({ value, label, text }) => (
        <label key={value} className={styles.card}>
          <input
            type="radio"
            className={controlsStyles.radio}
            name={name}
            value={value}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          <strong>{label}</strong>
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}
