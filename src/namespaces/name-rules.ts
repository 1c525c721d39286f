import {
  brokenNamespaceNameRules,
  NAMESPACE_NAME_RULES,
  type NamespaceNameRule,
} from '../../contract/ccr/namespace-name.ts'

/** How a name stands to a rule. While nothing is typed there is nothing to judge. */
export interface JudgedRule {
  readonly rule: NamespaceNameRule
  readonly state: 'open' | 'kept' | 'broken'
}

/** All rules in the order of their explanation, each with how `name` stands to it. */
export function judgedRules(name: string): JudgedRule[] {
  const broken = brokenNamespaceNameRules(name)
  return NAMESPACE_NAME_RULES.map((rule) => ({
    rule,
    state: name === '' ? 'open' : broken.includes(rule) ? 'broken' : 'kept',
  }))
}
