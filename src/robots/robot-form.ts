import { NEVER, type Robot } from '../../contract/ccr/robots.ts'
import { isRobotName } from '../../contract/domain/robot-name.ts'
import { type RobotScope, scopesOf } from './robot-scope.ts'

/** When a robot expires: in a number of days, never, or (`keep`) as it does already. */
export const EXPIRIES = ['keep', '30', '90', '365', 'other', 'never'] as const
type ExpiryChoice = (typeof EXPIRIES)[number]

/** State of the form of a robot account. */
export interface RobotForm {
  /** Without its prefix. */
  readonly name: string
  readonly description: string
  readonly may: 'pull' | 'push'
  readonly where: 'all' | 'some'
  readonly namespaces: readonly string[]
  readonly expiry: ExpiryChoice
  /** The typed number of days, if `expiry` is `other`. */
  readonly days: string
}

/** Maximum number of days: ten years. The server limits expiry to 2038, where 32-bit timestamps end. */
export const MAX_DAYS = 3650

export const NEW_ROBOT: RobotForm = {
  name: '',
  description: '',
  may: 'pull',
  where: 'all',
  namespaces: [],
  expiry: '90',
  days: '',
}

/** Form of an existing robot. If permissions differ between namespaces, the form has the highest for all of them. */
export function formOf({ name, description, permissions }: Robot): RobotForm {
  const scopes = scopesOf(permissions)
  const everywhere = scopes.some(({ namespaces }) => namespaces === null)
  return {
    name,
    description,
    may: scopes.some(({ push }) => push) ? 'push' : 'pull',
    where: everywhere ? 'all' : 'some',
    namespaces: scopes.flatMap(({ namespaces }) => namespaces ?? []),
    expiry: 'keep',
    days: '',
  }
}

/** The permissions entered in a form. */
export function scopeOfForm({ may, where, namespaces }: RobotForm): RobotScope {
  return { push: may === 'push', namespaces: where === 'all' ? null : namespaces }
}

/** Days from now, or `NEVER`; undefined to keep the expiry; NaN if the typed text is not a number. */
export function daysOfForm({ expiry, days }: Pick<RobotForm, 'expiry' | 'days'>): number | undefined {
  if (expiry === 'keep') return undefined
  if (expiry === 'never') return NEVER
  return Number(expiry === 'other' ? days.trim() || Number.NaN : expiry)
}

/** Validation problems of a form. */
export interface RobotProblems {
  readonly name: 'required' | 'invalid' | null
  readonly namespaces: boolean
  readonly days: boolean
  readonly description: boolean
}

/** Validates a form; the name only of a new robot. */
export function problemsOf(form: RobotForm, isNew: boolean): RobotProblems {
  const days = daysOfForm(form)
  return {
    name: !isNew || isRobotName(form.name) ? null : form.name === '' ? 'required' : 'invalid',
    namespaces: form.where === 'some' && form.namespaces.length === 0,
    days: days !== undefined && days !== NEVER && !(Number.isInteger(days) && days >= 1 && days <= MAX_DAYS),
    description: form.description.length > 1024,
  }
}
