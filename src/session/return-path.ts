import { safeReturnPath } from '../../contract/domain/safe-return-path.ts'
import { paths } from '../paths.ts'

/** Returns the path to open after sign-in: `to` if it is a path of this console, else the instance list. */
export function returnPath(to: string | null): string {
  const path = safeReturnPath(to)
  return path === null || path.split(/[?#]/)[0] === paths.signIn() ? paths.instances() : path
}
