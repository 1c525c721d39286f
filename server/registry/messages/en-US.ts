import type { RegistryErrorCode } from '../core/registry-error.ts'

/** English error messages: what failed, on what, and what to do. Placeholders are described in `error-message.ts`. */
export const enUS: Record<RegistryErrorCode, string> = {
  'json-malformed': 'The body of the request is not valid JSON. Correct it and send it again.',
  'field-invalid': '“{field}” is not valid. Correct it and send the request again.',
  'field-required': '“{field}” is missing or empty. Fill it in and send the request again.',
  'field-too-long': '“{field}” is longer than {limit|character|characters}. Shorten it.',
  'field-too-many': '“{field}” has more than {limit|entry|entries}. Send them in several requests.',
  'field-printable': '“{field}” contains control characters. Remove them.',
  'field-repeated': '“{field}” has the same key more than once. Keep one of them.',
  'field-characters': '“{field}” may only contain letters, digits and “-”, “_”, “/”, “.”. Remove the others.',
  'field-whole-number': '“{field}” must be a whole number that is not negative.',
  'field-one-of': '“{field}” must be one of: {choices}.',
  'field-true-or-false': '“{field}” must be “true” or “false”.',
  'namespace-name-invalid':
    'This is not a valid namespace name. Use 1 to 64 lower-case letters and digits, separated by a single “.”, one or two “_” or any number of “-”; not only digits, and not in the form of an instance ID.',
  'domain-invalid':
    'This is not a valid custom domain. Use a host name such as charts.example.org, without a port; not localhost, a single word or an IP address.',
  'account-name-invalid':
    'This cannot be the name of an account. Use 1 to {limit} printable characters without “:”, not beginning with “ccr$”, and neither “anonymous” nor “system”.',
  'password-too-short': 'The password is too short. Use at least {limit} characters.',
  'fixed-password-invalid':
    'This is not a valid fixed password. Use {least} to {most} letters, digits and any of !@#$%^*(), with at least one upper-case letter, one lower-case letter and one digit.',
  'password-hours-invalid': '“duration” must be a whole number of hours, 1 to {limit}.',
  'robot-name-invalid':
    'This is not a valid robot account name. Use 1 to {limit} lower-case letters and digits, separated by a single “.”, “_” or “-”.',
  'robot-secret-invalid':
    'This is not a valid robot account secret. Use 8 to 65 letters, digits and any of !@#$%^*(), or leave it empty to have one generated.',
  'robot-duration-invalid':
    '“duration” must be a whole number of days, 1 or more, or -1 for a robot account that never expires.',
  'robot-end-too-late':
    'A robot account cannot expire more than {limit|day|days} from now. Choose fewer days, or -1 for one that never expires.',
  'address-malformed': 'The host or the path of the request cannot be read. Correct the address and send it again.',
  'path-malformed': 'The path of the request is not validly percent-encoded. Correct it and send it again.',
  'header-invalid': 'The header {header} is malformed. Correct it or leave it out.',
  'multipart-malformed': 'The body is not a valid multipart form. Send the archive as part “chart” of one.',
  'chart-part-missing': 'The form has no archive. Send it as part “chart”.',
  'part-repeated': 'The form has more than one part “{part}”. Send one chart in each request.',
  'provenance-not-text': 'The provenance file is not text. Send the .prov file that “helm package --sign” made.',
  'upload-cut-off': 'The upload ended before it was complete, and nothing was kept. Send it again.',
  'repository-name-invalid':
    '“{repository}” is not a valid OCI repository name. Use a namespace, “/”, and a name of lower-case letters and digits separated by a single “.”, “_” or “-”.',
  'tag-invalid':
    '“{tag}” is not a valid tag. Use 1 to 128 letters, digits, “_”, “.” or “-”, not starting with “.” or “-”.',
  'digest-invalid': '“{digest}” is not a valid digest. Use sha256: or sha512: followed by lower-case hex digits.',
  'digest-mismatch': 'The received bytes do not match the digest {digest}. Send them again.',
  'manifest-invalid': 'The manifest was refused: {reason}.',
  'upload-size-wrong': 'The length of the chunk does not match its Content-Range. Send it again.',
  'chart-refused': 'The chart was refused. Package it again with “helm package”.',
  'session-missing': 'You are not signed in, or your session has ended. Sign in and try again.',
  'signature-missing': 'Signature is invalid: Signature is empty. Sign the request, or sign in first.',
  'signature-refused':
    'SignatureDoesNotMatch, cause: Fail to authn user: Signature does not match. Check the secret access key, and that nothing on the way changes what was signed, the header Host above all.',
  'signature-without-host':
    'The signature does not cover the header Host. Sign it too, or name no headers and sign those that are signed by default.',
  'signature-validity': 'A signature is valid for 1 to {most} seconds. Sign the request with a period in this range.',
  'signature-expired':
    'The signature has expired: the server time is {now}. Check your clock and sign the request again.',
  'signature-early':
    'The request was signed in the future: the server time is {now}. Set your clock, then sign it again.',
  'authorization-malformed':
    'The Authorization header is malformed. Use the form bce-auth-v1/ID/TIME/SECONDS/HEADERS/SIGNATURE.',
  'session-token-refused':
    'Session tokens (STS) are not accepted. Sign with an access key of an account, without x-bce-security-token.',
  'access-key-unknown': 'The access key “{accessKey}” was not found. It may have been deleted; use another one.',
  'access-key-disabled':
    'The access key “{accessKey}”, or its account, is disabled. Use another one, or have it enabled.',
  'wrong-password': 'The account name or the password is wrong. Check both and try again.',
  'credential-missing': 'This requires a user name and a password. Log in, then try again.',
  'credential-missing-plain-http':
    'This requires a user name and a password. Log in, then try again. If you are logged in, add --plain-http.',
  'credential-refused': 'The user name, the password or the token is wrong. Check it and log in again.',
  'token-scope-missing': 'The token does not have the scope for this. Request one that does.',
  'sign-in-lost':
    'This sign-in was started too long ago, in another browser, or under another address of the registry. Start again.',
  'provider-denied': 'The sign-in provider denied the sign-in. Try again, or ask its administrator.',
  'provider-answer-refused':
    'The response of the sign-in provider could not be verified, so the sign-in failed. Try again; if it keeps failing, tell the administrator the time: the log has the reason.',
  'provider-account-missing':
    'The sign-in provider knows you, but you have no access here. Ask an administrator to add you to a group that has.',
  'provider-account-disabled': 'Your account is disabled. Ask an administrator to enable it.',
  'provider-name-missing':
    'The sign-in provider sends no valid account name. An administrator can choose the claim with CHARTROOM_OIDC_ACCOUNT_CLAIM.',
  'provider-name-taken':
    'An account with your name exists that is not linked to the provider yet. If it is yours, sign in with its password and link it on the page “My account”; otherwise ask an administrator.',
  'provider-linked-elsewhere':
    'Not linked: this identity of the sign-in provider is already linked to another account.',
  'provider-misconfigured':
    'The sign-in provider rejects this registry’s requests. An administrator finds the reason in the log and the settings in CHARTROOM_OIDC_…; passwords still work.',
  'provider-unreachable':
    'The sign-in provider cannot be reached at the moment. Try again in a minute, or sign in with a password.',
  'current-password-wrong': 'The current password is wrong, and nothing was changed. Check it and try again.',
  'robot-disabled': 'The robot account {robot} is disabled. Have it enabled, or use another one.',
  'robot-expired': 'The robot account {robot} has expired. Have it extended, or use another one.',
  'not-allowed': 'You have no permission for this. Ask an administrator for it.',
  'registry-administrators-only': 'Only administrators of the registry may do this. Ask one of them.',
  'credential-elsewhere':
    'This password belongs to another instance. Log in with a password or a robot account of the instance at this address.',
  'origin-refused': 'The request came from a page of another site and was refused. Open the console itself.',
  'account-missing': 'The account “{account}” was not found. Check its name; an administrator can create it.',
  'instance-missing': 'The instance “{instance}” was not found. Check its ID.',
  'instance-elsewhere':
    '{host} leads to another instance than {instance}. Leave the ID out of the path, or use the address of the registry.',
  'namespace-missing': 'The namespace “{namespace}” was not found. Check its name, or create it first.',
  'robot-missing': 'The robot account “{robot}” was not found. It may have been deleted.',
  'chart-missing': 'The chart “{chart}” was not found in namespace “{namespace}”. It may have been deleted.',
  'version-missing': 'Version {version} of chart “{chart}” was not found. It may have been deleted.',
  'file-missing': 'The file “{file}” was not found. The version may have been deleted.',
  'path-missing': 'There is nothing at {path}. Check the address.',
  'path-without-namespace':
    'The namespace is missing from {path}. Use /api/chartrepo/NAMESPACE/charts; for helm cm-push add the repository /chartrepo/NAMESPACE.',
  'address-unknown': 'There is no chart repository here. It is at /chartrepo/NAMESPACE.',
  'repository-missing': 'The repository “{repository}” was not found. Push something to it first.',
  'manifest-missing':
    'There is no manifest “{reference}” in repository “{repository}”. It may have been deleted or replaced.',
  'manifest-blob-missing': 'The manifest refers to {digest}, which is not in repository “{repository}”. Push it first.',
  'manifest-blob-lost':
    'The bytes of {digest}, which the manifest refers to, are missing or damaged in the registry’s store. Push them again.',
  'blob-lost':
    'The bytes of {digest} are missing or damaged in the registry’s store. Push the same file again to restore them, or tell the administrator.',
  'blob-missing': 'There is no blob {digest} in repository “{repository}”.',
  'oci-upload-missing': 'The upload was not found. It may have been finished or cancelled. Start again.',
  'access-key-missing': 'You have no access key “{accessKey}”. It may have been deleted.',
  'account-exists': 'The name “{account}” is taken. Choose another one.',
  'last-administrator':
    'Nothing was changed: “{account}” is the last administrator of the registry. Make another account an administrator first.',
  'no-password': 'This account has no password: it signs in through the sign-in provider. Change the password there.',
  'grant-of-provider':
    'Nothing was changed: the roles of “{account}” there come from the sign-in provider. Change them there.',
  'namespace-exists': 'A namespace named “{namespace}” already exists in this instance. Choose another name.',
  'robot-exists': 'A robot account named “{robot}” already exists in this instance. Choose another name.',
  'file-name-taken':
    'Version {version} of chart “{chart}” would have the file name “{file}”, which already belongs to version {otherVersion} of chart “{otherChart}”. Choose another version.',
  'tag-of-version':
    'The tag “{tag}” belongs to version {version} of chart “{chart}” and can only point to that version. Use another tag, or delete the version first.',
  'blob-in-use': 'The blob {digest} is part of a manifest of repository “{repository}”. Delete the manifest first.',
  'domain-taken':
    'The domain “{domain}” is already used by another instance. Remove it there first, or use another one.',
  'domain-own':
    'The domain “{domain}” is the address of this server itself, which belongs to the default instance. Use another one.',
  'version-immutable':
    'Version {version} of chart “{chart}” exists, and the namespace “{namespace}” is immutable: it cannot be replaced. Publish it under a new version.',
  'provenance-immutable':
    'Version {version} of chart “{chart}” has a provenance file, and the namespace “{namespace}” is immutable: it cannot be replaced.',
  'deletion-immutable':
    'Nothing was deleted: the namespace “{namespace}” is immutable, and {blocking} must stay. Make the namespace mutable first.',
  'version-exists':
    'Version {version} of chart “{chart}” exists with different contents and was not replaced. Check the existing version, then decide again.',
  'version-changed':
    'Version {version} of chart “{chart}” was changed by someone else in the meantime and was not replaced. Check the existing version, then decide again.',
  'version-gone':
    'Version {version} of chart “{chart}” no longer exists, so it was not replaced. Upload it as a new version.',
  'namespace-quota': 'The instance has {limit|namespace|namespaces}, the limit of its edition. Delete some first.',
  'chart-quota':
    'The instance has {limit|chart|charts}, the limit of its edition, so “{chart}” cannot be added. Delete some first.',
  'repository-quota':
    'The instance has {limit|repository|repositories}, the limit of its edition, so “{repository}” cannot be added. Delete some first.',
  'temporary-password-quota':
    'You have {limit|temporary password|temporary passwords} for this instance, which is the limit. Use one of them, or wait until one expires.',
  'access-key-quota': 'You have {limit|access key|access keys}, the limit for an account. Delete one first.',
  'archive-too-large': 'The archive is larger than {limit}. Make it smaller, or have the limit of the server raised.',
  'provenance-too-large': 'The provenance file is larger than {limit}. Send the .prov file of this chart.',
  'body-too-large': 'The request is larger than {limit}. Send less at a time.',
  'blob-too-large': 'The blob is larger than {limit}. Make it smaller, or have the limit of the server raised.',
  'manifest-too-large': 'The manifest is larger than {limit}. Make it smaller.',
  'rate-exceeded':
    'More than {limit|request|requests} in a minute. Wait {seconds|second|seconds}, then continue at a lower rate.',
  'uploads-open':
    'You have {limit|unfinished upload|unfinished uploads}. Finish or cancel some of them first; an upload that receives no data for a day is dropped.',
  'uploads-open-in-all': 'The registry has too many unfinished uploads. Try again later.',
  'body-too-slow':
    'The request body did not arrive within {limit|second|seconds}. Send it again over a faster connection.',
  'sign-in-throttled': 'Too many failed sign-ins. Wait {seconds|second|seconds}, then try again.',
  'reading-busy': 'The server is busy reading large charts. Wait {seconds|second|seconds}, then send this one again.',
  'namespace-not-empty':
    'Nothing was deleted: {namespace} still contains {charts|chart|charts}. Delete the charts first.',
  'namespace-holds-tags':
    'Nothing was deleted: “{namespace}” still contains artifacts with {tags|tag|tags}. Delete them first.',
  'range-unsatisfiable': 'The requested range is outside of “{file}”, which has {size|byte|bytes}.',
  'upload-out-of-order': 'The upload has {size|byte|bytes}: the next chunk must start there.',
  'method-not-allowed': '{method} is not supported at {path}.',
  'storage-full':
    'The disk of the registry is full. Nothing was stored. Ask the administrator of the server to free space, then try again.',
  'storage-read-only':
    'The disk of the registry is read-only. Nothing was stored. Ask the administrator of the server to make it writable.',
  'storage-failing':
    'The disk of the registry does not take writes. Nothing was stored. Ask the administrator of the server to check it.',
  internal:
    'Something went wrong on the server. Try again; if it keeps failing, give the administrator the request ID.',
}
