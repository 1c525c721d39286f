import type { MemberGrant } from '../../contract/console/members.ts'
import { useMessages } from '../i18n/use-messages.ts'

/** Returns a function that describes a grant: "Developer in team". */
export function useGrantText(): (grant: Pick<MemberGrant, 'role' | 'namespace'>) => string {
  const { people } = useMessages()
  return ({ role, namespace }) => people.grantText(people.grantRoles[role], namespace)
}
