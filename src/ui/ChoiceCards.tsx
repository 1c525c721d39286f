import { type ReactElement, useId } from 'react'
import styles from './ChoiceCards.module.css'
import controlsStyles from './controls.module.css'

/** An option with its explanation. */
export interface ChoiceCard<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly text: string
}

/** Native radio buttons as cards, each with an explanation. */
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
