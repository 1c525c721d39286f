import { expect, test } from 'vitest'
import { AUDIT_REASONS } from '../../../contract/console/audit.ts'
import { RegistryError, type RegistryErrorCode } from '../core/registry-error.ts'
import { enUS } from '../messages/en-US.ts'
import { actionOf } from './record-denial.ts'

test('the console has words for every reason that is recorded', () => {
  const codes = Object.keys(enUS) as RegistryErrorCode[] // its keys are those of the type
  const request = { method: 'PUT', path: '/', writes: true }
  const recorded = codes.filter((code) => actionOf({ refused: new RegistryError(code), does: undefined, request }))
  expect(recorded.toSorted()).toEqual(AUDIT_REASONS.toSorted())
})
