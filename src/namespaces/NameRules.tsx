import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { RuleList } from '../ui/RuleList.tsx'
import { checkRules } from './name-rules.ts'

/** The rules for namespace names, each with a check mark or a cross while typing. */
export function NameRules({ name }: { name: string }): ReactElement {
  const { namespaces } = useMessages()
  const rules = checkRules(name).map(({ rule, state }) => ({ text: namespaces.rules[rule], state }))
  return <RuleList label={namespaces.nameRules} rules={rules} />
}
