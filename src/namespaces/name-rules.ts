import {
  brokenNamespaceNameRules,
  NAMESPACE_NAME_RULES,
  type NamespaceNameRule,
} from '../../contract/domain/namespace-name.ts'
import type { RuleState } from '../ui/RuleList.tsx'

/** A rule, and whether a name satisfies it. */
export interface CheckedRule {
  readonly rule: NamespaceNameRule
  readonly state: RuleState
}

/** Checks `name` against all rules, in the order in which they are displayed. */
export function checkRules(name: string): CheckedRule[] {
  const broken = brokenNamespaceNameRules(name)
  return NAMESPACE_NAME_RULES.map((rule) => ({
    rule,
    state: name === '' ? 'open' : broken.includes(rule) ? 'broken' : 'kept',
  }))
}
