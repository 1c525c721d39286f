import { useMessages } from '../i18n/use-messages.ts'
import type { RobotScope } from './robot-scope.ts'

/** Returns a function that describes a scope: "Pull in team, open". */
export function useScopeText(): (scope: RobotScope) => string {
  const { robots } = useMessages()
  return ({ push, namespaces }) =>
    namespaces === null ? robots.scopeAll(push) : robots.scopeIn(push, namespaces.join(', '))
}
