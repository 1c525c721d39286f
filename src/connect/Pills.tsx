import { type ReactElement, useId } from 'react'
import './connect.css'

/** One of a few: radio buttons as the browser has them, side by side. */
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
    <fieldset className="pills">
      <legend>{legend}</legend>
      {values.map((value) => (
        <label key={value} className="pill">
          <input
            type="radio"
            className="visually-hidden"
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
