import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined } from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './RuleList.module.css'
import visuallyHiddenStyles from './visually-hidden.module.css'

/** How a text stands to a rule. While nothing is typed there is nothing to judge. */
export type RuleState = 'open' | 'kept' | 'broken'

const ICONS: Record<RuleState, ReactNode> = {
  open: <MinusCircleOutlined aria-hidden />,
  kept: <CheckCircleFilled aria-hidden />,
  broken: <CloseCircleFilled aria-hidden />,
}

/** The rules of what is to be typed, each with a tick or a cross as it is. */
export function RuleList({
  label,
  rules,
}: {
  label: string
  rules: readonly { readonly text: string; readonly state: RuleState }[]
}): ReactElement {
  const { common } = useMessages()
  const said = { open: '', kept: common.ruleKept, broken: common.ruleBroken }
  return (
    <ul className={styles.rules} aria-label={label}>
      {rules.map(({ text, state }) => (
        <li key={text} data-state={state}>
          {ICONS[state]}
          <span>
            {text}
            {said[state] && <span className={visuallyHiddenStyles.visuallyHidden}> ({said[state]})</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
