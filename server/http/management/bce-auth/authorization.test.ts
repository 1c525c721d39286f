import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RegistryError } from '../../../registry/core/registry-error.ts'
import { checkValidity, LONGEST_VALIDITY, parseAuthorization } from './authorization.ts'
import { isSignedWith } from './signature.ts'
import { sign } from './testing/sign-request.ts'

const ID = '0123456789abcdef0123456789abcdef'
const AT = '2022-08-01T08:26:41Z'
const SIGNATURE = '0a'.repeat(32)

const authorization = ({ id = ID, at = AT, validity = '1800', headers = 'host', signature = SIGNATURE } = {}) =>
  `bce-auth-v1/${id}/${at}/${validity}/${headers}/${signature}`

function refusal(action: () => unknown): string {
  try {
    action()
    return 'none'
  } catch (error) {
    if (error instanceof RegistryError) return error.code
    throw error
  }
}

describe('parseAuthorization', () => {
  test('returns the fields; header names in lower case and without duplicates', () => {
    expect(parseAuthorization(authorization({ headers: 'x-bce-date;Host;host' }))).toEqual({
      accessKeyId: ID,
      signedAt: AT,
      validity: 1800,
      signedHeaders: ['x-bce-date', 'host'],
      prefix: `bce-auth-v1/${ID}/${AT}/1800`,
      signature: SIGNATURE,
    })
  })

  test.each([
    ['another scheme version', authorization().replace('v1', 'v2')],
    ['no key', authorization({ id: '' })],
    ['an invalid key ID', authorization({ id: 'a b' })],
    ['a time without a zone', authorization({ at: '2022-08-01T08:26:41' })],
    ['an invalid time', authorization({ at: '2022-13-01T08:26:41Z' })],
    ['a validity that is not a number', authorization({ validity: '30m' })],
    ['an invalid header name', authorization({ headers: 'host;a:b' })],
    ['a signature that is too short', authorization({ signature: SIGNATURE.slice(1) })],
    ['trailing text', `${authorization()}/`],
    ['missing fields', `bce-auth-v1/${ID}/${AT}`],
    ['empty text', ''],
  ])('rejects %s', (_, text) => {
    expect(refusal(() => parseAuthorization(text))).toBe('authorization-malformed')
  })

  test('rejects a list of signed headers without Host', () => {
    expect(refusal(() => parseAuthorization(authorization({ headers: 'x-bce-date' })))).toBe('signature-without-host')
    expect(refusal(() => parseAuthorization(authorization({ headers: ';' })))).toBe('signature-without-host')
    expect(parseAuthorization(authorization({ headers: '' })).signedHeaders).toEqual([])
  })
})

describe('checkValidity', () => {
  const at = (seconds: number, validity = '1800') =>
    refusal(() => {
      const now = new Date(Date.parse(AT) + seconds * 1000).toISOString()
      checkValidity(parseAuthorization(authorization({ validity })), now)
    })

  test('accepts a signature until its validity ends', () => {
    expect([at(0), at(1800), at(1801)]).toEqual(['none', 'none', 'signature-expired'])
    expect([at(60, '60'), at(61, '60')]).toEqual(['none', 'signature-expired'])
  })

  test('accepts a signature up to 15 minutes early, for clocks that are ahead', () => {
    expect([at(-900), at(-901)]).toEqual(['none', 'signature-early'])
  })

  test('accepts a validity of one second to one week', () => {
    for (const validity of ['0', '-1', '-1800', String(LONGEST_VALIDITY + 1), '9999999999']) {
      expect(at(0, validity), validity).toBe('signature-validity')
    }
    expect(at(LONGEST_VALIDITY, String(LONGEST_VALIDITY))).toBe('none')
  })
})

describe('arbitrary input', () => {
  const field = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ID, AT, '1800', 'host', SIGNATURE, '-1'))
  const near = fc.array(field, { maxLength: 7 }).map((fields) => ['bce-auth-v1', ...fields].join('/'))
  const almost = fc
    .record({ id: field, at: field, validity: field, headers: field, signature: field }, { requiredKeys: [] })
    .map((fields) => authorization(Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined))))

  test('is parsed or rejected', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), near, almost), (text) => {
        const code = refusal(() => {
          const parsed = parseAuthorization(text)
          expect(`${parsed.prefix}/`).toBe(text.slice(0, parsed.prefix.length + 1))
        })
        expect(['none', 'authorization-malformed', 'signature-without-host']).toContain(code)
      }),
    )
  })

  const target = fc.string({
    unit: fc.constantFrom('/', '?', '&', '=', '%', '%2F', '%ff', '+', '#', 'a', '测', '\ud800'),
  })
  const names = fc.array(fc.constantFrom('host', 'x-bce-date', 'x-nothing', 'content-type'), { maxLength: 4 })
  const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })

  test('never has a valid signature, whatever the URL and headers', () => {
    fc.assert(
      fc.property(target, names, value, (rest, signed, date) => {
        const parsed = parseAuthorization(authorization({ headers: ['host', ...signed].join(';') }))
        const headers = new Headers({ host: 'charts.example.org', 'x-bce-date': date })
        expect(isSignedWith('secret', parsed, { method: 'GET', url: `/v1/${rest}`, headers })).toBe(false)
      }),
    )
  })

  test("a client's signature is valid for any path and query", () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    fc.assert(
      fc.property(text, fc.array(fc.tuple(text, text)), fc.boolean(), (name, all, over) => {
        const query = all.filter(([key]) => key.toLowerCase() !== 'authorization')
        const path = `/v1/instances/${encodeURIComponent(name)}`
        const encode = over ? encodeAll : encodeURIComponent
        const sent = query.map((pair) => pair.map(encode).join('=')).join('&')
        const headers = { host: '127.0.0.1:8080' }
        const signed = sign({ id: ID, secret: 'secret' }, { method: 'GET', path, query, headers, at: AT })
        const request = { method: 'GET', url: `http://127.0.0.1:8080${path}?${sent}`, headers: new Headers(headers) }
        expect(isSignedWith('secret', parseAuthorization(signed), request)).toBe(true)
      }),
    )
  })
})

/** Percent-encodes every byte in lower-case hex. */
function encodeAll(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
}
