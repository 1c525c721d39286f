import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined } from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { type JudgedRule, judgedRules } from './name-rules.ts'

const ICONS: Record<JudgedRule['state'], ReactNode> = {
  open: <MinusCircleOutlined aria-hidden />,
  kept: <CheckCircleFilled aria-hidden />,
  broken: <CloseCircleFilled aria-hidden />,
}

/** The rules of a name, each with a tick or a cross as it is typed. */
export function NameRules({ name }: { name: string }): ReactElement {
  const { namespaces } = useMessages()
  const said = { open: '', kept: namespaces.ruleKept, broken: namespaces.ruleBroken }
  return (
    <ul className="name-rules" aria-label={namespaces.nameRules}>
      {judgedRules(name).map(({ rule, state }) => (
        <li key={rule} data-state={state}>
          {ICONS[state]}
          <span>
            {namespaces.rules[rule]}
            {said[state] && <span className="visually-hidden"> ({said[state]})</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
