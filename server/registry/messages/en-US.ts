import type { RegistryErrorCode } from '../errors.ts'

/** What each refusal says in English: what failed, on what, and what to do. */
export const enUS: Record<RegistryErrorCode, string> = {
  'json-malformed': 'The body of the request is not valid JSON. Correct it and send it again.',
  'field-invalid': '“{field}” is not what it should be. Correct it and send the request again.',
  'field-required': '“{field}” is missing or empty. Fill it in and send the request again.',
  'field-too-long': '“{field}” is longer than {limit} characters. Shorten it.',
  'field-too-many': '“{field}” has more than {limit} entries. Send them in several requests.',
  'field-printable': '“{field}” has control characters. Take them out.',
  'field-repeated': '“{field}” has the same key more than once. Keep one of them.',
  'field-characters': '“{field}” may only have letters, digits and “-”, “_”, “/”, “.”. Take out the others.',
  'field-whole-number': '“{field}” must be a whole number that is not negative.',
  'field-one-of': '“{field}” must be one of: {choices}.',
  'field-true-or-false': '“{field}” must be “true” or “false”.',
  'namespace-name-invalid':
    'This cannot be the name of a namespace. Use 1 to 64 lower-case letters and digits, with single “.”, one or two “_” or any number of “-” between them; not digits alone, and not like an instance ID.',
  'domain-invalid':
    'This cannot be a custom domain. Use a host name such as charts.example.org, without a port; not localhost, a single word or an IP address.',
  'account-name-invalid':
    'This cannot be the name of an account. Use 1 to {limit} printable characters without “:”, not beginning with “ccr$”, and neither “anonymous” nor “system”.',
  'password-too-short': 'The password is too short. Use at least {limit} characters.',
  'fixed-password-invalid':
    'This cannot be a fixed password. Use {least} to {most} letters, digits and any of !@#$%^*(), with at least one upper-case letter, one lower-case letter and one digit.',
  'password-hours-invalid': '“duration” must be a whole number of hours, 1 to {limit}.',
  'robot-name-invalid':
    'This cannot be the name of a robot account. Use 1 to {limit} lower-case letters and digits, with single “.”, “_” or “-” between them.',
  'robot-secret-invalid':
    'This cannot be the secret of a robot account. Use 8 to 65 letters, digits and any of !@#$%^*(), or leave it empty to have one made up.',
  'robot-duration-invalid':
    '“duration” must be a whole number of days, 1 or more, or -1 for a robot account that never ends.',
  'robot-end-too-late':
    'A robot account cannot end more than {limit} days from now. Choose fewer days, or -1 for one that never ends.',
  'address-malformed': 'The host or the path of the request cannot be read. Correct the address and send it again.',
  'path-malformed': 'The path of the request is not validly percent-encoded. Correct it and send it again.',
  'header-invalid': 'The header {header} cannot be understood. Correct it or leave it out.',
  'multipart-malformed': 'The body is not a valid multipart form. Send the archive as part “chart” of one.',
  'chart-part-missing': 'The form has no archive. Send it as part “chart”.',
  'part-repeated': 'The form has more than one part “{part}”. Send one chart in each request.',
  'provenance-not-text': 'The provenance file is not text. Send the .prov file that “helm package --sign” made.',
  'upload-cut-off': 'The upload ended before it was complete, and nothing was kept. Send it again.',
  'repository-name-invalid':
    '“{repository}” cannot be the name of a repository. Use a namespace, “/”, and a name of lower-case letters and digits with single “.”, “_” or “-” between them.',
  'tag-invalid':
    '“{tag}” cannot be a tag. Use 1 to 128 letters, digits, “_”, “.” or “-”, and begin with none of the last two.',
  'digest-invalid': '“{digest}” is not a digest. Write sha256: or sha512: and lower-case hex digits.',
  'digest-mismatch': 'The bytes that came in do not have the digest {digest}. Send them again.',
  'manifest-invalid': 'The manifest was refused: {reason}.',
  'upload-size-wrong': 'The part that was sent is not as long as its Content-Range says. Send it again.',
  'chart-refused': 'The chart was refused. Package it again with “helm package”.',
  'session-missing': 'You are not signed in, or your session has ended. Sign in and try again.',
  'signature-missing': 'Signature is invalid: Signature is empty. Sign the request, or sign in first.',
  'signature-refused':
    'SignatureDoesNotMatch, cause: Fail to authn user: Signature does not match. Check the secret access key, and that nothing on the way changes what was signed, the header Host above all.',
  'signature-without-host':
    'The signature does not cover the header Host. Sign it too, or name no headers and sign those that are signed by default.',
  'signature-validity': 'A signature is good for 1 to {most} seconds. Sign the request for so long.',
  'signature-expired': 'The signature has expired: it is {now} here. Sign the request again, and check your clock.',
  'signature-early': 'The request was signed in the future: it is {now} here. Set your clock, then sign it again.',
  'authorization-malformed':
    'The Authorization cannot be understood. Write bce-auth-v1/ID/TIME/SECONDS/HEADERS/SIGNATURE.',
  'session-token-refused':
    'Session tokens (STS) are not accepted. Sign with an access key of an account, without x-bce-security-token.',
  'access-key-unknown': 'There is no access key “{accessKey}”. It may have been deleted; use another one.',
  'access-key-disabled':
    'The access key “{accessKey}”, or its account, is disabled. Use another one, or have it enabled.',
  'wrong-password': 'The account name or the password is wrong. Check both and try again.',
  'credential-missing': 'This needs a name and a password. Log in with them, then try again.',
  'credential-missing-plain-http':
    'This needs a name and a password. Log in with them, then try again. If you are logged in, add --plain-http.',
  'credential-refused': 'The name, the password or the token is wrong. Check it and log in again.',
  'token-scope-missing': 'The token was not given out for this. Ask for one that is.',
  'sign-in-lost':
    'This sign-in was begun too long ago, in another browser, or under another address of the registry. Begin again.',
  'provider-denied': 'The sign-in provider did not let you in. Try again, or ask those who look after it.',
  'provider-answer-refused':
    'What the sign-in provider answered could not be believed, so nobody was signed in. Try again; if it stays, give the administrator the time: the log says why.',
  'provider-account-missing':
    'The sign-in provider knows you, but nothing here is open to you. Ask an administrator to put you into a group that has access.',
  'provider-account-disabled': 'Your account is disabled. Ask an administrator to enable it.',
  'provider-name-missing':
    'The sign-in provider gives no name that can be that of an account. An administrator chooses the claim with CHARTROOM_OIDC_ACCOUNT_CLAIM.',
  'provider-name-taken':
    'An account with your name exists, and it does not sign in by the provider yet. If it is yours, sign in with its password and link it on the page “My account”; else ask an administrator.',
  'provider-linked-elsewhere':
    'Nothing was linked: with this identity of the sign-in provider another account signs in already.',
  'provider-misconfigured':
    'The sign-in provider does not take this registry’s requests. An administrator finds the reason in the log, and the settings in CHARTROOM_OIDC_…; passwords work meanwhile.',
  'provider-unreachable':
    'The sign-in provider cannot be reached at the moment. Try again in a minute, or sign in with a password.',
  'current-password-wrong': 'The current password is wrong, and nothing was changed. Check it and try again.',
  'robot-disabled': 'The robot account {robot} is disabled. Have it enabled, or use another one.',
  'robot-over': 'The robot account {robot} has ended. Have its time extended, or use another one.',
  'not-allowed': 'You have no permission for this. Ask an administrator for it.',
  'registry-administrators-only': 'Only administrators of the registry may do this. Ask one of them.',
  'credential-elsewhere':
    'This password is for another instance. Log in with a password or a robot account of the one that this address leads to.',
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
  'oci-upload-missing': 'There is no such upload. It may have been finished, or given up. Begin again.',
  'access-key-missing': 'You have no access key “{accessKey}”. It may have been deleted.',
  'account-exists': 'There is an account named “{account}” already, in upper or lower case. Choose another name.',
  'last-administrator':
    'Nothing was changed: “{account}” is the last account that can administer the registry. Make somebody else an administrator first.',
  'no-password': 'This account has no password: it signs in by the sign-in provider. Change the password there.',
  'grant-of-provider':
    'Nothing was changed: what “{account}” may do there comes from the sign-in provider. Change it there.',
  'namespace-exists': 'A namespace named “{namespace}” already exists in this instance. Choose another name.',
  'robot-exists': 'A robot account named “{robot}” already exists in this instance. Choose another name.',
  'file-name-taken':
    'Version {version} of chart “{chart}” would be the file “{file}”, which is version {otherVersion} of chart “{otherChart}” already. Choose another version.',
  'tag-of-version':
    'The tag “{tag}” is that of version {version} of chart “{chart}”, and takes that version alone. Use another tag, or delete the version first.',
  'blob-in-use': 'The blob {digest} is part of a manifest of repository “{repository}”. Delete the manifest first.',
  'domain-taken':
    'The domain “{domain}” leads to another instance already. Take it away there first, or use another one.',
  'domain-own':
    'The domain “{domain}” is the address of this server itself, which leads to the default instance. Use another one.',
  'version-immutable':
    'Version {version} of chart “{chart}” exists, and the namespace “{namespace}” is immutable: it cannot be replaced. Publish it under a new version.',
  'provenance-immutable':
    'Version {version} of chart “{chart}” has a provenance file, and the namespace “{namespace}” is immutable: it cannot be replaced.',
  'deletion-immutable':
    'Nothing was deleted: the namespace “{namespace}” is immutable, and {blocking} must stay. Make the namespace mutable first.',
  'version-exists':
    'Version {version} of chart “{chart}” exists with other contents, and was not replaced. Look at what is there, then decide again.',
  'version-changed':
    'Version {version} of chart “{chart}” has been changed by somebody meanwhile, and was not replaced. Look at what is there, then decide again.',
  'version-gone':
    'Version {version} of chart “{chart}” is no longer there, so it was not replaced. Upload it as a new one.',
  'namespace-quota':
    'The instance has {limit} namespaces, as many as its edition allows. Delete some, or move to a larger edition.',
  'chart-quota':
    'The instance has {limit} charts, as many as its edition allows, so “{chart}” cannot be added. Delete some, or move to a larger edition.',
  'repository-quota':
    'The instance has {limit} repositories, as many as its edition allows, so “{repository}” cannot be added. Delete some, or move to a larger edition.',
  'temporary-password-quota':
    'You have {limit} temporary passwords for this instance, and no more are given out. Use one of them, or wait until one ends.',
  'access-key-quota': 'You have {limit} access keys, as many as an account may have. Delete one first.',
  'archive-too-large': 'The archive is larger than {limit}. Make it smaller, or have the limit of the server raised.',
  'provenance-too-large': 'The provenance file is larger than {limit}. Send the .prov file of this chart.',
  'body-too-large': 'The request is larger than {limit}. Send less at a time.',
  'blob-too-large': 'The blob is larger than {limit}. Make it smaller, or have the limit of the server raised.',
  'manifest-too-large': 'The manifest is larger than {limit}. Make it smaller.',
  'rate-exceeded': 'These are more than {limit} requests in a minute. Wait {seconds} seconds, then go on more slowly.',
  'body-too-slow': 'The body did not come in within {limit} seconds. Send it again over a faster line.',
  'sign-in-throttled': 'Too many failed sign-ins. Wait {seconds} seconds, then try again.',
  'reading-busy':
    'The server is reading as many large charts as it can. Wait {seconds} seconds, then send this one again.',
  'namespace-not-empty':
    'Nothing was deleted: there are still charts in {namespace} ({charts} in all). Delete the charts first.',
  'namespace-holds-tags':
    'Nothing was deleted: “{namespace}” still holds artifacts with {tags} tags. Delete these first.',
  'range-unsatisfiable': 'The range asked for is outside of “{file}”, which has {size} bytes.',
  'upload-out-of-order': 'The upload has {size} bytes by now: the next part must begin there.',
  'method-not-allowed': '{method} is not possible at {path}.',
  internal: 'Something went wrong in the server. Try again; if it stays, give the administrator the request ID.',
}
