import { NEVER, type Robot } from '../../contract/ccr/robots.ts'
import { isRobotName } from '../../contract/domain/robot-name.ts'
import { type RobotScope, scopesOf } from './robot-scope.ts'

/** When a robot is to end: so many days from now, or as it does already. */
export const ENDS = ['keep', '30', '90', '365', 'other', 'never'] as const
export type Ends = (typeof ENDS)[number]

/** A robot as it is typed. */
export interface RobotForm {
  /** Without its prefix. */
  readonly name: string
  readonly description: string
  readonly may: 'pull' | 'push'
  readonly where: 'all' | 'some'
  readonly namespaces: readonly string[]
  readonly ends: Ends
  /** Days from now, where that is other than what is offered. */
  readonly days: string
}

/** Days from now that the console offers at most: ten years. The wire itself ends in 2038. */
export const DAYS_AT_MOST = 3650

export const NEW_ROBOT: RobotForm = {
  name: '',
  description: '',
  may: 'pull',
  where: 'all',
  namespaces: [],
  ends: '90',
  days: '',
}

/** The form of a robot that is there. Where it may do different things in different namespaces, the most of them. */
export function formOf({ name, description, permissions }: Robot): RobotForm {
  const scopes = scopesOf(permissions)
  const everywhere = scopes.some(({ namespaces }) => namespaces === null)
  return {
    name,
    description,
    may: scopes.some(({ push }) => push) ? 'push' : 'pull',
    where: everywhere ? 'all' : 'some',
    namespaces: scopes.flatMap(({ namespaces }) => namespaces ?? []),
    ends: 'keep',
    days: '',
  }
}

export function scopeOfForm({ may, where, namespaces }: RobotForm): RobotScope {
  return { push: may === 'push', namespaces: where === 'all' ? null : namespaces }
}

/** Days from now on, or `NEVER`; undefined where the end stays as it is. NaN where what is typed is no number. */
export function daysOfForm({ ends, days }: Pick<RobotForm, 'ends' | 'days'>): number | undefined {
  if (ends === 'keep') return undefined
  if (ends === 'never') return NEVER
  return Number(ends === 'other' ? days.trim() || Number.NaN : ends)
}

/** What is wrong with a form, of what can be. */
export interface RobotProblems {
  readonly name: 'required' | 'bad' | null
  readonly namespaces: boolean
  readonly days: boolean
  readonly description: boolean
}

/** What is wrong with a form; of a robot that is there, its name is not looked at. */
export function problemsOf(form: RobotForm, isNew: boolean): RobotProblems {
  const days = daysOfForm(form)
  return {
    name: !isNew || isRobotName(form.name) ? null : form.name === '' ? 'required' : 'bad',
    namespaces: form.where === 'some' && form.namespaces.length === 0,
    days: days !== undefined && days !== NEVER && !(Number.isInteger(days) && days >= 1 && days <= DAYS_AT_MOST),
    description: form.description.length > 1024,
  }
}
