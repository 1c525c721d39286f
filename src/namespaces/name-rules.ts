import {
  brokenNamespaceNameRules,
  NAMESPACE_NAME_RULES,
  type NamespaceNameRule,
} from '../../contract/domain/namespace-name.ts'
import type { RuleState } from '../ui/RuleList.tsx'

/** How a name stands to a rule. */
export interface JudgedRule {
  readonly rule: NamespaceNameRule
  readonly state: RuleState
}

/** All rules in the order of their explanation, each with how `name` stands to it. */
export function judgedRules(name: string): JudgedRule[] {
  const broken = brokenNamespaceNameRules(name)
  return NAMESPACE_NAME_RULES.map((rule) => ({
    rule,
    state: name === '' ? 'open' : broken.includes(rule) ? 'broken' : 'kept',
  }))
}
