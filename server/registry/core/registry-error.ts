import type { ChartProblem } from '../../../chart/problem.ts'

/** Class of an error, from which each API derives its HTTP status. */
export type RegistryErrorKind =
  | 'invalid'
  | 'chart'
  | 'unauthenticated'
  | 'denied'
  | 'missing'
  | 'conflict'
  | 'immutable'
  | 'precondition'
  | 'quota'
  | 'too-large'
  | 'throttled'
  | 'timeout'
  | 'not-empty'
  | 'range'
  | 'method'
  | 'storage'
  | 'internal'

/** All error codes and their kinds. Their messages and placeholders are in `registry/messages/`. */
const KINDS = {
  // Malformed input. The parameter `field` is the path of the field in the body or the query.
  'json-malformed': 'invalid',
  'field-invalid': 'invalid',
  'field-required': 'invalid',
  'field-too-long': 'invalid',
  'field-too-many': 'invalid',
  'field-characters': 'invalid',
  'field-printable': 'invalid',
  'field-repeated': 'invalid',
  'field-whole-number': 'invalid',
  'field-one-of': 'invalid',
  'field-true-or-false': 'invalid',
  'namespace-name-invalid': 'invalid',
  'domain-invalid': 'invalid',
  'account-name-invalid': 'invalid',
  'password-too-short': 'invalid',
  'fixed-password-invalid': 'invalid',
  'password-hours-invalid': 'invalid',
  'robot-name-invalid': 'invalid',
  'robot-secret-invalid': 'invalid',
  'robot-duration-invalid': 'invalid',
  'robot-end-too-late': 'invalid',
  'path-malformed': 'invalid',
  'address-malformed': 'invalid',
  'header-invalid': 'invalid',
  'multipart-malformed': 'invalid',
  'chart-part-missing': 'invalid',
  'part-repeated': 'invalid',
  'provenance-not-text': 'invalid',
  'body-too-slow': 'timeout',
  'upload-cut-off': 'invalid',
  'repository-name-invalid': 'invalid',
  'tag-invalid': 'invalid',
  'digest-invalid': 'invalid',
  'digest-mismatch': 'invalid',
  'manifest-invalid': 'invalid',
  'upload-size-wrong': 'invalid',
  // helm would reject the archive or its provenance file; `problem` holds the reason.
  'chart-refused': 'chart',
  'session-missing': 'unauthenticated',
  'signature-missing': 'unauthenticated',
  'signature-refused': 'unauthenticated',
  'signature-without-host': 'unauthenticated',
  'signature-validity': 'unauthenticated',
  'signature-expired': 'unauthenticated',
  'signature-early': 'unauthenticated',
  'authorization-malformed': 'unauthenticated',
  'session-token-refused': 'unauthenticated',
  'access-key-unknown': 'unauthenticated',
  'access-key-disabled': 'unauthenticated',
  'wrong-password': 'unauthenticated',
  'credential-missing': 'unauthenticated',
  // The same, with advice for Helm versions that send no credentials over plain http.
  'credential-missing-plain-http': 'unauthenticated',
  'credential-refused': 'unauthenticated',
  'token-scope-missing': 'unauthenticated',
  'robot-disabled': 'unauthenticated',
  'robot-expired': 'unauthenticated',
  // Sign-in through the identity provider.
  'sign-in-lost': 'denied',
  'provider-denied': 'denied',
  'provider-answer-refused': 'denied',
  'provider-account-missing': 'denied',
  'provider-account-disabled': 'denied',
  'provider-name-missing': 'denied',
  'provider-name-taken': 'denied',
  'provider-linked-elsewhere': 'denied',
  'provider-misconfigured': 'internal',
  'provider-unreachable': 'internal',
  'current-password-wrong': 'denied',
  'not-allowed': 'denied',
  'registry-administrators-only': 'denied',
  'origin-refused': 'denied',
  'credential-elsewhere': 'denied',
  'instance-missing': 'missing',
  'instance-elsewhere': 'missing',
  'namespace-missing': 'missing',
  'account-missing': 'missing',
  'robot-missing': 'missing',
  'chart-missing': 'missing',
  'version-missing': 'missing',
  'file-missing': 'missing',
  'path-missing': 'missing',
  'path-without-namespace': 'missing',
  'address-unknown': 'missing',
  'repository-missing': 'missing',
  'manifest-missing': 'missing',
  'manifest-blob-missing': 'missing',
  'blob-missing': 'missing',
  // The database has a row for the blob, but the blob store does not contain it.
  'blob-lost': 'missing',
  'manifest-blob-lost': 'missing',
  'oci-upload-missing': 'missing',
  'access-key-missing': 'missing',
  'account-exists': 'conflict',
  'last-administrator': 'conflict',
  'no-password': 'conflict',
  'grant-of-provider': 'conflict',
  'namespace-exists': 'conflict',
  'robot-exists': 'conflict',
  'file-name-taken': 'conflict',
  'domain-taken': 'conflict',
  'domain-own': 'conflict',
  'tag-of-version': 'conflict',
  'blob-in-use': 'conflict',
  'version-immutable': 'immutable',
  'provenance-immutable': 'immutable',
  'deletion-immutable': 'immutable',
  'version-exists': 'precondition',
  'version-changed': 'precondition',
  'version-gone': 'precondition',
  'namespace-quota': 'quota',
  'chart-quota': 'quota',
  'repository-quota': 'quota',
  'temporary-password-quota': 'quota',
  'access-key-quota': 'quota',
  'archive-too-large': 'too-large',
  'provenance-too-large': 'too-large',
  'body-too-large': 'too-large',
  'blob-too-large': 'too-large',
  'manifest-too-large': 'too-large',
  'sign-in-throttled': 'throttled',
  'rate-exceeded': 'throttled',
  'uploads-open': 'throttled',
  'uploads-open-in-all': 'throttled',
  'reading-busy': 'throttled',
  'namespace-not-empty': 'not-empty',
  'namespace-holds-tags': 'not-empty',
  'range-unsatisfiable': 'range',
  'upload-out-of-order': 'range',
  'method-not-allowed': 'method',
  // A write to the database or the blob store failed; not a quota.
  'storage-full': 'storage',
  'storage-read-only': 'storage',
  'storage-failing': 'storage',
  internal: 'internal',
} as const satisfies Record<string, RegistryErrorKind>

export type RegistryErrorCode = keyof typeof KINDS

/** Values of the placeholders in the message of an error. */
export type RegistryErrorParams = Readonly<Record<string, string | number>>

/** An error of the registry core. Only the error file of an API maps it to an HTTP status and a body. */
export class RegistryError extends Error {
  override name = 'RegistryError'
  readonly code: RegistryErrorCode
  readonly kind: RegistryErrorKind
  readonly params: RegistryErrorParams
  /** Problem that helm would report about the archive; defined when the code is `chart-refused`. */
  readonly problem: ChartProblem | undefined

  constructor(code: RegistryErrorCode, params: RegistryErrorParams = {}, problem?: ChartProblem) {
    super(`${code} ${JSON.stringify(params)}${problem ? `: ${problem.message}` : ''}`, problem && { cause: problem })
    this.code = code
    this.kind = KINDS[code]
    this.params = params
    this.problem = problem
  }
}
