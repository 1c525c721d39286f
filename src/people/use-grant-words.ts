import type { MemberGrant } from '../../contract/console/members.ts'
import { useMessages } from '../i18n/use-messages.ts'

/** What a grant is in words: "Developer in team". */
export function useGrantWords(): (grant: Pick<MemberGrant, 'role' | 'namespace'>) => string {
  const { people } = useMessages()
  return ({ role, namespace }) => people.grantWords(people.grantRoles[role], namespace)
}
