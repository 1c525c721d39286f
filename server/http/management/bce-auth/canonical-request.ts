import { rawPath } from '../../transport/path-params.ts'

/** Signed parts of a request: everything but the body. A `Request` is one. */
export interface SignedRequest {
  readonly method: string
  /** As sent, still encoded. */
  readonly url: string
  readonly headers: Headers
}

/** Headers that are signed if an authorization names none, with all that begin with `x-bce-`. */
const SIGNED_BY_DEFAULT: readonly string[] = ['host', 'content-length', 'content-type', 'content-md5']

/**
 * Returns the canonical requests that the client may have signed, most likely first: the Go and Java clients decode and
 * encode the path again, those in JavaScript and Python sign it as they send it. bce-auth-v1: CanonicalRequest.
 */
export function canonicalRequests(request: SignedRequest, signedHeaders: readonly string[]): string[] {
  const query = canonicalQuery(request.url)
  const headers = canonicalHeaders(request.headers, signedHeaders)
  return canonicalPaths(request.url).map((path) => [request.method, path, query, headers].join('\n'))
}

function canonicalPaths(url: string): string[] {
  const raw = rawPath(url)
  const normalised = uriEncode(decode(raw)).replaceAll('%2F', '/')
  return normalised === raw ? [raw] : [normalised, raw]
}

/** Decodes and encodes a path again: some clients encode too much, or in lower-case hex. */
function canonicalQuery(url: string): string {
  const items = (/\?([^#]*)/.exec(url)?.[1] ?? '').split('&').filter((item) => item !== '')
  return items
    .map((item) => {
      const [name = '', ...value] = item.split('=')
      return [name, value.join('=')].map((text) => decode(text.replaceAll('+', ' ')))
    })
    .filter(([name]) => name?.toLowerCase() !== 'authorization')
    .map((pair) => pair.map(uriEncode).join('='))
    .sort()
    .join('&')
}

function canonicalHeaders(headers: Headers, signedHeaders: readonly string[]): string {
  const names = signedHeaders.length > 0 ? signedHeaders : [...headers.keys()].filter(isSignedByDefault)
  return names
    .map((name) => [name, utf8Of(headers.get(name) ?? '').trim()])
    .filter(([, value]) => value !== '')
    .map((pair) => pair.map(uriEncode).join(':'))
    .sort()
    .join('\n')
}

function isSignedByDefault(name: string): boolean {
  return SIGNED_BY_DEFAULT.includes(name) || name.startsWith('x-bce-')
}

/** Decodes a header value: clients send UTF-8, which Node reads as Latin-1. */
function utf8Of(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8')
}

/** Percent-decodes; invalid encodings stay as they are, as in parsing of the query. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** bce-auth-v1: UriEncode. Encodes all but `A-Z a-z 0-9 - . _ ~`, in upper-case hex. */
function uriEncode(text: string): string {
  const percent = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, percent)
}
