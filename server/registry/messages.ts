import { problemMessage, shortened } from '../../chart/problem-messages.ts'
import type { RegistryError, RegistryErrorCode } from './errors.ts'

/** The languages that messages are written in. */
export type Language = 'en-US' | 'zh-CN'

/** The sentence for an error, filled in: what failed, on what, and what to do. */
export function errorMessage(error: RegistryError, language: Language): string {
  if (error.problem) return problemMessage(error.problem, language)
  return MESSAGES[language][error.code].replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = error.params[key]
    if (value === undefined) return '?'
    return error.kind === 'too-large' && key === 'limit' ? bytes(Number(value)) : shortened(String(value))
  })
}

const MESSAGES: Record<Language, Record<RegistryErrorCode, string>> = {
  'en-US': {
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
      'This cannot be a custom domain. Use a host name such as charts.example.org, without a port; not an IP address.',
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
    'credential-elsewhere':
      'This password is for another instance. Log in with a password or a robot account of the one that this address leads to.',
    'origin-refused': 'The request came from a page of another site and was refused. Open the console itself.',
    'account-missing': 'The account “{account}” was not found. Check its name; an administrator can create it.',
    'instance-missing': 'The instance “{instance}” was not found. Check its ID.',
    'namespace-missing': 'The namespace “{namespace}” was not found. Check its name, or create it first.',
    'robot-missing': 'The robot account “{robot}” was not found. It may have been deleted.',
    'chart-missing': 'The chart “{chart}” was not found in namespace “{namespace}”. It may have been deleted.',
    'version-missing': 'Version {version} of chart “{chart}” was not found. It may have been deleted.',
    'file-missing': 'The file “{file}” was not found. The version may have been deleted.',
    'path-missing': 'There is nothing at {path}. Check the address.',
    'repository-missing': 'The repository “{repository}” was not found. Push something to it first.',
    'manifest-missing':
      'There is no manifest “{reference}” in repository “{repository}”. It may have been deleted or replaced.',
    'manifest-blob-missing':
      'The manifest refers to {digest}, which is not in repository “{repository}”. Push it first.',
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
    'rate-exceeded':
      'These are more than {limit} requests in a minute. Wait {seconds} seconds, then go on more slowly.',
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
  },
  'zh-CN': {
    'json-malformed': '请求体不是有效的 JSON。请更正后重新发送。',
    'field-invalid': '“{field}”的值无效。请更正后重新发送请求。',
    'field-required': '“{field}”缺失或为空。请填写后重新发送请求。',
    'field-too-long': '“{field}”超过 {limit} 个字符。请缩短。',
    'field-too-many': '“{field}”超过 {limit} 项。请分多次发送。',
    'field-printable': '“{field}”包含控制字符。请去掉这些字符。',
    'field-repeated': '“{field}”中有重复的键。请只保留一个。',
    'field-characters': '“{field}”只能包含文字、数字以及“-”“_”“/”“.”。请去掉其他字符。',
    'field-whole-number': '“{field}”必须是非负整数。',
    'field-one-of': '“{field}”必须是以下之一：{choices}。',
    'field-true-or-false': '“{field}”必须是“true”或“false”。',
    'namespace-name-invalid':
      '该名称不能用作命名空间名称。请使用 1 到 64 个小写字母或数字，中间可用单个“.”、一到两个“_”或任意个“-”分隔；不能全为数字，也不能与实例 ID 的形式相同。',
    'domain-invalid': '该名称不能用作自定义域名。请使用类似 charts.example.org 的主机名，不带端口，也不能是 IP 地址。',
    'account-name-invalid':
      '该名称不能用作账号名称。请使用 1 到 {limit} 个可显示的字符，不能包含“:”，不能以“ccr$”开头，也不能是“anonymous”或“system”。',
    'password-too-short': '密码太短。请至少使用 {limit} 个字符。',
    'fixed-password-invalid':
      '该内容不能用作固定密码。请使用 {least} 到 {most} 个字母、数字或 !@#$%^*() 中的符号，且至少包含一个大写字母、一个小写字母和一个数字。',
    'password-hours-invalid': '“duration”必须是 1 到 {limit} 之间的整数小时数。',
    'robot-name-invalid':
      '该名称不能用作机器人账号名称。请使用 1 到 {limit} 个小写字母或数字，中间可用单个“.”“_”或“-”分隔。',
    'robot-secret-invalid':
      '该内容不能用作机器人账号的密钥。请使用 8 到 65 个字母、数字或 !@#$%^*() 中的符号，或留空由系统生成。',
    'robot-duration-invalid': '“duration”必须是不小于 1 的整数天数；-1 表示机器人账号永不过期。',
    'robot-end-too-late': '机器人账号的有效期不能超过 {limit} 天。请减少天数，或使用 -1 表示永不过期。',
    'path-malformed': '请求路径的百分号编码无效。请更正后重新发送。',
    'header-invalid': '无法识别请求头 {header}。请更正或去掉该请求头。',
    'multipart-malformed': '请求体不是有效的 multipart 表单。请将 Chart 包作为表单的“chart”部分发送。',
    'chart-part-missing': '表单中没有 Chart 包。请将其作为“chart”部分发送。',
    'part-repeated': '表单中有多个“{part}”部分。每次请求只能上传一个 Chart。',
    'provenance-not-text': 'Prov 文件不是文本。请发送由“helm package --sign”生成的 .prov 文件。',
    'upload-cut-off': '上传未完成即中断，没有保存任何内容。请重新上传。',
    'repository-name-invalid':
      '“{repository}”不能用作仓库名称。请使用“命名空间/名称”的形式，名称由小写字母和数字组成，中间可用单个“.”“_”或“-”分隔。',
    'tag-invalid': '“{tag}”不能用作标签。请使用 1 到 128 个字母、数字、“_”“.”或“-”，且不能以“.”或“-”开头。',
    'digest-invalid': '“{digest}”不是有效的摘要。请使用 sha256: 或 sha512: 加小写十六进制数字。',
    'digest-mismatch': '收到的内容与摘要 {digest} 不符。请重新发送。',
    'manifest-invalid': 'Manifest 被拒绝：{reason}。',
    'upload-size-wrong': '发送的分段长度与 Content-Range 不符。请重新发送。',
    'chart-refused': 'Chart 被拒绝。请使用“helm package”重新打包。',
    'session-missing': '您尚未登录，或会话已结束。请登录后重试。',
    'signature-missing': '签名无效：签名为空。请对请求签名，或先登录。',
    'signature-refused':
      '签名不匹配（SignatureDoesNotMatch）。请检查 Secret Access Key，并确认请求在途中未被改动，尤其是 Host 请求头。',
    'signature-without-host': '签名未包含 Host 请求头。请将其加入签名，或不列出请求头并对默认请求头签名。',
    'signature-validity': '签名的有效期必须为 1 到 {most} 秒。请使用此范围内的有效期重新签名。',
    'signature-expired': '签名已过期：服务器当前时间为 {now}。请检查本机时钟并重新签名。',
    'signature-early': '签名时间晚于服务器当前时间 {now}。请校准本机时钟后重新签名。',
    'authorization-malformed': '无法识别 Authorization。请使用 bce-auth-v1/ID/TIME/SECONDS/HEADERS/SIGNATURE 的形式。',
    'session-token-refused': '不接受临时会话令牌（STS）。请使用账号的访问密钥签名，且不要发送 x-bce-security-token。',
    'access-key-unknown': '访问密钥“{accessKey}”不存在，可能已被删除。请使用其他访问密钥。',
    'access-key-disabled': '访问密钥“{accessKey}”或其所属账号已被禁用。请使用其他访问密钥，或将其启用。',
    'wrong-password': '账号或密码错误。请检查后重试。',
    'credential-missing': '此操作需要用户名和密码。请登录后重试。',
    'credential-refused': '用户名、密码或令牌错误。请检查后重新登录。',
    'token-scope-missing': '该令牌不适用于此操作。请申请相应权限的令牌。',
    'sign-in-lost': '这次登录已超时，或是在另一浏览器、另一地址发起的。请重新登录。',
    'provider-denied': '登录服务拒绝了此次登录。请重试，或联系该服务的管理员。',
    'provider-answer-refused':
      '登录服务的答复无法通过校验，未登录任何人。请重试；如仍失败，请将时间告知管理员，原因见日志。',
    'provider-account-missing': '登录服务认识您，但此处未向您开放任何内容。请联系管理员将您加入有权限的组。',
    'provider-account-disabled': '您的账号已停用。请联系管理员启用。',
    'provider-name-missing':
      '登录服务未给出可用作账号名称的名字。管理员可通过 CHARTROOM_OIDC_ACCOUNT_CLAIM 选择使用哪个声明。',
    'provider-name-taken':
      '已存在与您同名的账号，且尚未使用登录服务登录。如果是您的账号，请先用密码登录，再在“我的账号”页面关联；否则请联系管理员。',
    'provider-linked-elsewhere': '未关联：登录服务中的该身份已用于另一账号。',
    'provider-misconfigured':
      '登录服务不接受本仓库的请求。管理员可在日志中查看原因，相关设置为 CHARTROOM_OIDC_…；期间仍可使用密码登录。',
    'provider-unreachable': '暂时无法连接登录服务。请稍后重试，或使用密码登录。',
    'current-password-wrong': '当前密码错误，未做任何更改。请检查后重试。',
    'robot-disabled': '机器人账号 {robot} 已被禁用。请先启用它，或使用其他账号。',
    'robot-over': '机器人账号 {robot} 已过期。请延长其有效期，或使用其他账号。',
    'not-allowed': '您没有执行此操作的权限。请联系管理员授权。',
    'credential-elsewhere': '该密码属于其他实例。请使用该地址对应实例的密码或机器人账号登录。',
    'origin-refused': '请求来自其他网站的页面，已被拒绝。请直接打开控制台操作。',
    'account-missing': '未找到账号“{account}”。请检查名称；管理员可以创建该账号。',
    'instance-missing': '未找到实例“{instance}”。请检查实例 ID。',
    'namespace-missing': '未找到命名空间“{namespace}”。请检查名称，或先创建该命名空间。',
    'robot-missing': '未找到机器人账号“{robot}”。它可能已被删除。',
    'chart-missing': '在命名空间“{namespace}”中未找到 Chart“{chart}”。它可能已被删除。',
    'version-missing': '未找到 Chart“{chart}”的版本 {version}。它可能已被删除。',
    'file-missing': '未找到文件“{file}”。该版本可能已被删除。',
    'path-missing': '{path} 处没有内容。请检查地址。',
    'repository-missing': '未找到仓库“{repository}”。请先向其推送内容。',
    'manifest-missing': '仓库“{repository}”中没有 Manifest“{reference}”。它可能已被删除或替换。',
    'manifest-blob-missing': 'Manifest 引用了 {digest}，但仓库“{repository}”中没有该内容。请先推送。',
    'blob-missing': '仓库“{repository}”中没有 Blob {digest}。',
    'oci-upload-missing': '没有此上传任务。它可能已完成或已被放弃。请重新开始。',
    'access-key-missing': '您没有访问密钥“{accessKey}”，它可能已被删除。',
    'account-exists': '已存在名为“{account}”的账号（不区分大小写）。请使用其他名称。',
    'last-administrator': '未做任何更改：“{account}”是最后一个可以管理仓库的账号。请先将其他账号设为管理员。',
    'no-password': '该账号没有密码，通过登录服务登录。请在登录服务中修改密码。',
    'grant-of-provider': '未做任何更改：“{account}”在此处的权限来自登录服务。请在登录服务中修改。',
    'namespace-exists': '此实例中已存在名为“{namespace}”的命名空间。请使用其他名称。',
    'robot-exists': '此实例中已存在名为“{robot}”的机器人账号。请使用其他名称。',
    'file-name-taken':
      'Chart“{chart}”的版本 {version} 对应的文件名“{file}”已被 Chart“{otherChart}”的版本 {otherVersion} 占用。请使用其他版本号。',
    'tag-of-version':
      '标签“{tag}”属于 Chart“{chart}”的版本 {version}，只能指向该版本。请使用其他标签，或先删除该版本。',
    'blob-in-use': 'Blob {digest} 属于仓库“{repository}”中的某个 Manifest。请先删除该 Manifest。',
    'domain-taken': '域名“{domain}”已指向其他实例。请先在该实例中移除，或使用其他域名。',
    'domain-own': '域名“{domain}”是本服务器自身的地址，指向默认实例。请使用其他域名。',
    'version-immutable':
      'Chart“{chart}”的版本 {version} 已存在，且命名空间“{namespace}”不可变，无法替换。请以新的版本号发布。',
    'provenance-immutable': 'Chart“{chart}”的版本 {version} 已有 Prov 文件，且命名空间“{namespace}”不可变，无法替换。',
    'deletion-immutable':
      '没有删除任何内容：命名空间“{namespace}”不可变，必须保留 {blocking}。请先将该命名空间设为可变。',
    'version-exists': 'Chart“{chart}”的版本 {version} 已存在且内容不同，未被替换。请查看现有内容后再决定。',
    'version-changed': 'Chart“{chart}”的版本 {version} 已被他人更改，未被替换。请查看现有内容后再决定。',
    'version-gone': 'Chart“{chart}”的版本 {version} 已不存在，因此未被替换。请将其作为新版本上传。',
    'namespace-quota': '该实例已有 {limit} 个命名空间，达到当前规格的上限。请删除一些命名空间，或升级规格。',
    'chart-quota': '该实例已有 {limit} 个 Chart，达到当前规格的上限，无法添加“{chart}”。请删除一些 Chart，或升级规格。',
    'repository-quota':
      '该实例已有 {limit} 个仓库，达到当前规格的上限，无法添加“{repository}”。请删除一些仓库，或升级规格。',
    'temporary-password-quota': '您在该实例已有 {limit} 个临时密码，无法继续签发。请使用其中一个，或等待其过期。',
    'access-key-quota': '您已有 {limit} 个访问密钥，达到每个账号的上限。请先删除一个。',
    'archive-too-large': 'Chart 包超过 {limit}。请减小其大小，或联系管理员提高服务器的限制。',
    'provenance-too-large': 'Prov 文件超过 {limit}。请发送此 Chart 对应的 .prov 文件。',
    'body-too-large': '请求超过 {limit}。请减少每次发送的内容。',
    'blob-too-large': 'Blob 超过 {limit}。请减小其大小，或联系管理员提高服务器的限制。',
    'manifest-too-large': 'Manifest 超过 {limit}。请减小其大小。',
    'rate-exceeded': '一分钟内的请求超过 {limit} 个。请等待 {seconds} 秒，再以较低的频率继续。',
    'body-too-slow': '请求体未能在 {limit} 秒内全部到达。请使用更快的网络重新发送。',
    'sign-in-throttled': '登录失败次数过多。请等待 {seconds} 秒后重试。',
    'reading-busy': '服务器正在读取的大型 Chart 过多。请等待 {seconds} 秒后重新发送。',
    'namespace-not-empty': '没有删除任何内容：{namespace} 中仍有 Chart（共 {charts} 个）。请先删除这些 Chart。',
    'namespace-holds-tags': '没有删除任何内容：“{namespace}”中仍有带标签的制品（共 {tags} 个标签）。请先删除这些制品。',
    'range-unsatisfiable': '请求的范围超出了“{file}”，该文件共 {size} 字节。',
    'upload-out-of-order': '该上传目前已有 {size} 字节，下一分段必须从此处开始。',
    'method-not-allowed': '{path} 不支持 {method}。',
    internal: '服务器出现错误。请重试；如果仍然出现，请将请求 ID 提供给管理员。',
  },
}

/** `20 MiB`: the largest unit that leaves a whole number. */
function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB']
  let unit = 0
  while (count >= 1024 && count % 1024 === 0 && unit < units.length - 1) {
    count /= 1024
    unit++
  }
  return `${count} ${units[unit]}`
}
