import { useMessages } from '../i18n/use-messages.ts'
import type { RobotScope } from './robot-scope.ts'

/** What a scope is in words: "Pull in team, open". */
export function useScopeWords(): (scope: RobotScope) => string {
  const { robots } = useMessages()
  return ({ push, namespaces }) =>
    namespaces === null ? robots.scopeAll(push) : robots.scopeIn(push, namespaces.join(', '))
}
