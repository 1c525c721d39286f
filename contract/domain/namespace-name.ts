import { isInstanceId } from './instance-id.ts'

/** Rules of namespace names. Each has an explanation in the messages of the console. */
export type NamespaceNameRule = 'length' | 'characters' | 'edges' | 'separators' | 'not-digits' | 'not-instance'

/** Maximum length of a namespace name, in characters. */
const NAMESPACE_NAME_LENGTH = 64

const RULES: Record<NamespaceNameRule, (name: string) => boolean> = {
  length: (name) => name.length >= 1 && name.length <= NAMESPACE_NAME_LENGTH,
  characters: (name) => /^[a-z0-9._-]*$/.test(name),
  edges: (name) => !/^[._-]|[._-]$/.test(name),
  // OCI distribution-spec, `<name>`: one `.`, one or two `_`, or any number of `-` between letters or digits.
  separators: (name) => (name.match(/[._-]+/g) ?? []).every((run) => /^(\.|__?|-+)$/.test(run)),
  'not-digits': (name) => !/^\d+$/.test(name),
  'not-instance': (name) => !isInstanceId(name),
}

/** All rules, in the order of their explanations. */
export const NAMESPACE_NAME_RULES = Object.keys(RULES) as NamespaceNameRule[] // the keys of a Record are its key type

/** Returns the rules that `name` breaks, in the order of {@link NAMESPACE_NAME_RULES}; none if it is valid. */
export function brokenNamespaceNameRules(name: string): NamespaceNameRule[] {
  return NAMESPACE_NAME_RULES.filter((rule) => !RULES[rule](name))
}
