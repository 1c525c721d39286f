import { expect, test } from 'vitest'
import { AUDIT_REASONS } from '../../../contract/domain/audit-events.ts'
import { RegistryError, type RegistryErrorCode } from '../core/registry-error.ts'
import { enUS } from '../messages/en-US.ts'
import { deniedAction } from './record-denial.ts'

test('the contract lists every error code that is recorded as a reason', () => {
  const codes = Object.keys(enUS) as RegistryErrorCode[] // its keys are those of the type
  const request = { method: 'PUT', path: '/', writes: true }
  const recorded = codes.filter((code) =>
    deniedAction({ refused: new RegistryError(code), action: undefined, request }),
  )
  expect(recorded.toSorted()).toEqual(AUDIT_REASONS.toSorted())
})
