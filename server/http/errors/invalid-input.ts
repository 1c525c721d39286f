import * as z from 'zod/mini'
import { TEMPORARY_PASSWORD_HOURS } from '../../../contract/ccr/credentials.ts'
import { PASSWORD_LENGTH } from '../../../contract/console/accounts.ts'
import { ACCOUNT_NAME_LENGTH } from '../../../contract/domain/account-name.ts'
import { FIXED_PASSWORD_LENGTH } from '../../../contract/domain/fixed-password.ts'
import { ROBOT_NAME_LENGTH } from '../../../contract/domain/robot-name.ts'
import { RegistryError } from '../../registry/core/registry-error.ts'

type Issue = z.core.$ZodIssue

/**
 * Parses input by its schema. Throws the error for the first invalid field, with its name; `place` names a value without
 * fields.
 */
export function parseInput<S extends z.ZodMiniType>(schema: S, value: unknown, place: string): z.output<S> {
  const result = z.safeParse(schema, value, { reportInput: true })
  if (result.success) return result.data
  throw inputError(result.error.issues[0], place)
}

function inputError(issue: Issue | undefined, place: string): RegistryError {
  const field = issue ? fieldName(issue.path) || place : place
  if (!issue) return new RegistryError('field-invalid', { field })
  if (issue.message === 'required' || ('input' in issue && issue.input === undefined)) {
    return new RegistryError('field-required', { field })
  }
  switch (issue.code) {
    case 'invalid_value':
      return new RegistryError('field-one-of', { field, choices: issue.values.map(String).join(', ') })
    case 'too_big':
      return new RegistryError(issue.origin === 'array' ? 'field-too-many' : 'field-too-long', {
        field,
        limit: Number(issue.maximum),
      })
  }
  switch (issue.message) {
    case 'true-or-false':
      return new RegistryError('field-true-or-false', { field })
    case 'whole-number':
      return new RegistryError('field-whole-number', { field })
    case 'namespace-name':
      return new RegistryError('namespace-name-invalid', { field })
    case 'account-name':
      return new RegistryError('account-name-invalid', { limit: ACCOUNT_NAME_LENGTH })
    case 'password-short':
      return new RegistryError('password-too-short', { field, limit: PASSWORD_LENGTH })
    case 'domain-name':
      return new RegistryError('domain-invalid', { field })
    case 'fixed-password':
      return new RegistryError('fixed-password-invalid', FIXED_PASSWORD_LENGTH)
    case 'temporary-hours':
      return new RegistryError('password-hours-invalid', { limit: TEMPORARY_PASSWORD_HOURS })
    case 'robot-name':
      return new RegistryError('robot-name-invalid', { limit: ROBOT_NAME_LENGTH })
    case 'robot-secret':
      return new RegistryError('robot-secret-invalid')
    case 'robot-duration':
      return new RegistryError('robot-duration-invalid')
    case 'repeated':
      return new RegistryError('field-repeated', { field })
    case 'printable':
      return new RegistryError('field-printable', { field })
    case 'tag-characters':
      return new RegistryError('field-characters', { field })
    default:
      return new RegistryError('field-invalid', { field })
  }
}

/** `items[0].name` */
function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
}
