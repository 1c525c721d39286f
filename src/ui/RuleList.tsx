import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined } from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './RuleList.module.css'
import visuallyHiddenStyles from './visually-hidden.module.css'

/** Whether a text satisfies a rule; `open` while the field is empty. */
export type RuleState = 'open' | 'kept' | 'broken'

const ICONS: Record<RuleState, ReactNode> = {
  open: <MinusCircleOutlined aria-hidden />,
  kept: <CheckCircleFilled aria-hidden />,
  broken: <CloseCircleFilled aria-hidden />,
}

/** The rules for a text field, each with a check mark or a cross for the current text. */
export function RuleList({
  label,
  rules,
}: {
  label: string
  rules: readonly { readonly text: string; readonly state: RuleState }[]
}): ReactElement {
  const { common } = useMessages()
  const stateLabels = { open: '', kept: common.ruleKept, broken: common.ruleBroken }
  return (
    <ul className={styles.rules} aria-label={label}>
      {rules.map(({ text, state }) => (
        <li key={text} data-state={state}>
          {ICONS[state]}
          <span>
            {text}
            {stateLabels[state] && <span className={visuallyHiddenStyles.visuallyHidden}> ({stateLabels[state]})</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
