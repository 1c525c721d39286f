import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { RuleList } from '../ui/RuleList.tsx'
import { judgedRules } from './name-rules.ts'

/** The rules of a name, each with a tick or a cross as it is typed. */
export function NameRules({ name }: { name: string }): ReactElement {
  const { namespaces } = useMessages()
  const rules = judgedRules(name).map(({ rule, state }) => ({ text: namespaces.rules[rule], state }))
  return <RuleList label={namespaces.nameRules} rules={rules} />
}
