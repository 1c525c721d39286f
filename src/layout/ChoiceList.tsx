import { CheckOutlined } from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import styles from './ChoiceList.module.css'

/** A single choice among a few options, as buttons in a panel of the header. */
export function ChoiceList<Value extends string>({
  choices,
  chosen,
  onChoose,
}: {
  choices: readonly { value: Value; label: string; lang?: string; icon?: ReactNode }[]
  chosen: Value
  onChoose: (value: Value) => void
}): ReactElement {
  return (
    <ul className={styles.list}>
      {choices.map(({ value, label, lang, icon }) => (
        <li key={value}>
          <button type="button" aria-pressed={value === chosen} lang={lang} onClick={() => onChoose(value)}>
            {icon}
            <span>{label}</span>
            {value === chosen && <CheckOutlined aria-hidden />}
          </button>
        </li>
      ))}
    </ul>
  )
}
