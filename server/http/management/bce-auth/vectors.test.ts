import { describe, expect, test } from 'vitest'
import { parseAuthorization } from './authorization.ts'
import { isSignedWith } from './signature.ts'
import { sign } from './testing/sign-request.ts'
import file from './testing/vectors.json' with { type: 'json' }

const vectors = file.vectors.map(({ id, ak, sk, clock, requestLine, headers: all }) => {
  const [method = '', target = ''] = requestLine.split(' ')
  const headers: Record<string, string> = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value]))
  return { id, ak, sk, clock, method, target, headers, authorization: all.authorization }
})
const first = vectors[0]
if (!first) throw new Error('There are no vectors.')

describe.each(vectors)('$id', ({ ak, sk, clock, method, target, headers, authorization }) => {
  const parsed = parseAuthorization(authorization)
  const isRight = (changed: { method?: string; target?: string; secret?: string; headers?: Record<string, string> }) =>
    isSignedWith(changed.secret ?? sk, parsed, {
      method: changed.method ?? method,
      url: `http://anything.example${changed.target ?? target}`,
      headers: new Headers({ ...headers, ...changed.headers }),
    })

  test('is valid', () => {
    expect(parsed).toMatchObject({ accessKeyId: ak, signedAt: clock, validity: 1800 })
    expect(isRight({})).toBe(true)
  })

  test('is invalid if anything signed changes', () => {
    expect(isRight({ method: 'PATCH' })).toBe(false)
    expect(isRight({ target: `${target}x` })).toBe(false)
    expect(isRight({ target: target.replace('/v1/', '/v1/x') })).toBe(false)
    expect(isRight({ secret: `${sk}x` })).toBe(false)
    expect(isRight({ headers: { host: 'other.example' } })).toBe(false)
  })

  test('is what the signer for tests produces', () => {
    const url = new URL(target, 'http://anything.example')
    const named = /\/([^/]*)\/[0-9a-f]{64}$/.exec(authorization)?.[1]?.split(';').filter(Boolean) ?? []
    const names = named.length > 0 ? named : Object.keys(headers).filter((name) => name !== 'authorization')
    const made = sign(
      { id: ak, secret: sk },
      {
        method,
        path: url.pathname,
        query: [...url.searchParams],
        headers: Object.fromEntries(names.map((name) => [name, headers[name] ?? ''])),
        at: clock,
        unnamed: named.length === 0,
      },
    )
    expect(made).toBe(authorization)
  })
})

test('if no header is named, those signed by default are covered', () => {
  const { sk, method, target, headers, authorization } = first
  for (const name of ['content-length', 'content-type', 'content-md5', 'x-bce-date', 'x-bce-other']) {
    const changed = new Headers({ ...headers, [name]: 'changed' })
    const request = { method, url: target, headers: changed }
    expect(isSignedWith(sk, parseAuthorization(authorization), request), name).toBe(false)
  }
})
