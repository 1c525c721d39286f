import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { publicUrlOf, readConfig } from './config.ts'
import { ConfigError } from './config-error.ts'

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 8080,
      data: resolve('data'),
      adminPassword: undefined,
      accessKey: undefined,
      secret: undefined,
      publicUrl: undefined,
      maxUploadBytes: 20_971_520,
      maxBlobBytes: 10_737_418_240,
      reserveBytes: undefined,
      auditDays: 365,
      rateLimit: 12_000,
      trustedProxies: [],
      region: 'bj',
      oidc: undefined,
    })
  })

  test('reads every variable', () => {
    const config = readConfig({
      CHARTROOM_HOST: '::',
      CHARTROOM_PORT: '0',
      CHARTROOM_DATA: '/srv/charts',
      CHARTROOM_ADMIN_PASSWORD: 'correct horse',
      CHARTROOM_ACCESS_KEY_ID: '0123456789abcdef',
      CHARTROOM_SECRET_ACCESS_KEY: 'fedcba9876543210fedcba9876543210',
      CHARTROOM_SECRET: 'something that nobody else can guess',
      CHARTROOM_PUBLIC_URL: 'https://Charts.example.org/',
      CHARTROOM_MAX_UPLOAD_BYTES: '1048576',
      CHARTROOM_MAX_BLOB_BYTES: '2048',
      CHARTROOM_RESERVE_BYTES: '0',
      CHARTROOM_AUDIT_DAYS: '0',
      CHARTROOM_RATE_LIMIT: '0',
      CHARTROOM_TRUSTED_PROXIES: '10.0.0.0/8, ::1,loopback',
      CHARTROOM_REGION: '',
    })
    expect(config).toEqual({
      host: '::',
      port: 0,
      data: '/srv/charts',
      adminPassword: 'correct horse',
      accessKey: { id: '0123456789abcdef', secret: 'fedcba9876543210fedcba9876543210' },
      secret: 'something that nobody else can guess',
      publicUrl: 'https://charts.example.org',
      maxUploadBytes: 1_048_576,
      maxBlobBytes: 2048,
      reserveBytes: 0,
      auditDays: 0,
      rateLimit: 0,
      trustedProxies: ['10.0.0.0/8', '::1', 'loopback'],
      region: 'bj',
      oidc: undefined,
    })
  })

  test.each([
    ['CHARTROOM_HOST', 'not a host'],
    ['CHARTROOM_HOST', 'http://127.0.0.1'],
    ['CHARTROOM_RATE_LIMIT', '-1'],
    ['CHARTROOM_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['CHARTROOM_TRUSTED_PROXIES', 'proxy.example.org'],
    ['CHARTROOM_PORT', 'http'],
    ['CHARTROOM_PORT', '65536'],
    ['CHARTROOM_PORT', '-1'],
    ['CHARTROOM_PORT', '80.5'],
    ['CHARTROOM_PUBLIC_URL', 'charts.example.org'],
    ['CHARTROOM_PUBLIC_URL', 'ftp://charts.example.org'],
    ['CHARTROOM_PUBLIC_URL', 'https://charts.example.org/charts'],
    ['CHARTROOM_PUBLIC_URL', 'https://user:secret@charts.example.org'],
    ['CHARTROOM_MAX_UPLOAD_BYTES', '20MB'],
    ['CHARTROOM_MAX_UPLOAD_BYTES', '0'],
    ['CHARTROOM_MAX_BLOB_BYTES', '10GB'],
    ['CHARTROOM_MAX_BLOB_BYTES', '1'],
    ['CHARTROOM_RESERVE_BYTES', '64MB'],
    ['CHARTROOM_AUDIT_DAYS', '-1'],
    ['CHARTROOM_AUDIT_DAYS', '1y'],
    ['CHARTROOM_REGION', 'Bei Jing'],
  ])('rejects %s=%s with one line that names the variable', (name, value) => {
    const error = errorOf({ [name]: value })
    expect(error.message).toMatch(new RegExp(`^${name} is .* must be .+\\.$`))
    expect(error.message).toContain(JSON.stringify(value))
  })

  test.each([
    'CHARTROOM_DATA',
    'CHARTROOM_ADMIN_PASSWORD',
    'CHARTROOM_ACCESS_KEY_ID',
    'CHARTROOM_SECRET_ACCESS_KEY',
    'CHARTROOM_SECRET',
    'CHARTROOM_OIDC_CLIENT_SECRET',
  ])('rejects an empty %s', (name) => {
    for (const value of ['', ' ', '\t\n']) {
      expect(errorOf({ [name]: value }).message).toBe(`${name} is set but empty: give it a value, or unset it.`)
    }
  })

  test.each([
    'CHARTROOM_HOST',
    'CHARTROOM_PORT',
    'CHARTROOM_PUBLIC_URL',
    'CHARTROOM_MAX_UPLOAD_BYTES',
    'CHARTROOM_MAX_BLOB_BYTES',
    'CHARTROOM_RESERVE_BYTES',
    'CHARTROOM_AUDIT_DAYS',
    'CHARTROOM_RATE_LIMIT',
    'CHARTROOM_TRUSTED_PROXIES',
    'CHARTROOM_REGION',
    'CHARTROOM_OIDC_ISSUER',
  ])('treats an empty %s as absent', (name) => {
    for (const value of ['', ' ']) expect(readConfig({ [name]: value })).toEqual(readConfig({}))
  })

  test('rejects a short password without repeating it', () => {
    const error = errorOf({ CHARTROOM_ADMIN_PASSWORD: 'geheim1' })
    expect(error.message).toMatch(/^CHARTROOM_ADMIN_PASSWORD .*at least 8 characters\.$/)
    expect(error.message).not.toContain('geheim1')
  })
})

describe('publicUrlOf', () => {
  test.each([
    ['127.0.0.1', 8080, 'http://127.0.0.1:8080'],
    ['localhost', 80, 'http://localhost'],
    ['0.0.0.0', 8080, 'http://127.0.0.1:8080'],
    ['::', 8080, 'http://[::1]:8080'],
  ])('for host %s and port %i is %s', (host, port, expected) => {
    expect(publicUrlOf(readConfig({ CHARTROOM_HOST: host }), port)).toBe(expected)
  })

  test('is the configured one if set', () => {
    expect(publicUrlOf(readConfig({ CHARTROOM_PUBLIC_URL: 'https://charts.example.org' }), 8080)).toBe(
      'https://charts.example.org',
    )
  })
})

function errorOf(env: Record<string, string>): ConfigError {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('The configuration was accepted.')
}
