import { brokenNamespaceNameRules } from '../../contract/domain/namespace-name.ts'
import { GRANT_ROLES, type GrantRole } from '../../contract/domain/roles.ts'
import { badValue } from '../config-error.ts'
import type { GrantRule } from '../registry/sign-in/claimed-access.ts'

const EXPECTED =
  'rules as GROUP=ROLE@INSTANCE/NAMESPACE with “;” between them, such as platform=administrator; dev=developer@default/team; *=guest@default'

/**
 * Parses grant rules: `GROUP=administrator` and `GROUP=member` give a role in the registry, `GROUP=ROLE@INSTANCE` and
 * `GROUP=ROLE@INSTANCE/NAMESPACE` one in an instance or a namespace. Groups may contain any characters except `;`, such
 * as `cn=dev,ou=groups` and `/company/dev`. Throws a `ConfigError` that names the variable `name`.
 */
export function readGrantRules(name: string, text: string): GrantRule[] {
  const rules = text
    .split(/[;\n]/)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
  return rules.map((rule) => {
    const read = readRule(rule)
    if (!read) throw badValue(name, rule, EXPECTED)
    return read
  })
}

function readRule(rule: string): GrantRule | null {
  // The greedy first group makes the last `=` before a role the separator.
  const [, group, role, , instance, , namespace] =
    /^(.*\S)\s*=\s*([a-z]+)(\s*@\s*([^/]*[^/\s])(\/(\S+))?)?$/.exec(rule) ?? []
  if (group === undefined) return null
  if (instance === undefined) return role === 'administrator' || role === 'member' ? { group, gives: role } : null
  if (!isGrantRole(role) || (namespace !== undefined && brokenNamespaceNameRules(namespace).length > 0)) return null
  return { group, gives: { role, instance, namespace: namespace ?? null } }
}

function isGrantRole(role: string | undefined): role is GrantRole {
  return GRANT_ROLES.some((known) => known === role)
}
