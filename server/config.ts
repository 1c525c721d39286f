import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { badValue, ConfigError } from './config-error.ts'
import { areProxies } from './http/transport/client.ts'
import { type OidcConfig, readOidcConfig } from './oidc/oidc-config.ts'
import type { ConfiguredAccessKey } from './registry/people/configured-access-key.ts'
import { SHORTEST_SECRET } from './secret-key.ts'

/** The validated configuration. */
export interface Config {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Absolute path of the data folder. */
  readonly data: string
  readonly adminPassword: string | undefined
  /** Access key of the administrator. */
  readonly accessKey: ConfiguredAccessKey | undefined
  /** Secret that encrypts stored secrets; undefined: a key in the data folder. */
  readonly secret: string | undefined
  /** `https://charts.example.org`, without a trailing slash; undefined: derived from host and port. */
  readonly publicUrl: string | undefined
  /** Limit of chart archives. */
  readonly maxUploadBytes: number
  /** Limit of OCI blobs. */
  readonly maxBlobBytes: number
  /** Space that uploads leave free on the disk, in bytes; undefined: 64 MiB, or a tenth of a smaller disk. */
  readonly reserveBytes: number | undefined
  /** Retention of the audit log, in days; 0: unlimited. */
  readonly auditDays: number
  /** Limit of requests per caller and minute; 0: unlimited. */
  readonly rateLimit: number
  /** Addresses and networks of proxies whose `X-Forwarded-*` headers are trusted. */
  readonly trustedProxies: readonly string[]
  readonly region: string
  /** OpenID provider for sign-in in addition to passwords. */
  readonly oidc: OidcConfig | undefined
}

/**
 * Variables that must not be empty: secrets, because an empty one would be an unnoticed mistake, and the data folder,
 * because an empty registry would start in the default one.
 */
const NEVER_EMPTY = [
  'CHARTROOM_DATA',
  'CHARTROOM_ADMIN_PASSWORD',
  'CHARTROOM_ACCESS_KEY_ID',
  'CHARTROOM_SECRET_ACCESS_KEY',
  'CHARTROOM_SECRET',
  'CHARTROOM_OIDC_CLIENT_SECRET',
]

/**
 * Reads the configuration from `env`. A value that is empty or only white space counts as absent, except for those in
 * {@link NEVER_EMPTY}. Throws {@link ConfigError}.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const empty = NEVER_EMPTY.find((name) => env[name]?.trim() === '')
  if (empty) throw new ConfigError(`${empty} is set but empty: give it a value, or unset it.`)
  const value = (name: string) => {
    const text = env[name]?.trim()
    return text ? text : undefined
  }
  const host = value('CHARTROOM_HOST') ?? '127.0.0.1'
  if (!isHost(host)) throw badValue('CHARTROOM_HOST', host, 'a host name or an IP address to listen on')
  const region = value('CHARTROOM_REGION') ?? 'bj'
  if (!/^[a-z0-9-]{1,32}$/.test(region)) {
    throw badValue('CHARTROOM_REGION', region, '1 to 32 lower-case letters, digits or -')
  }
  return {
    host,
    port: wholeNumber('CHARTROOM_PORT', value('CHARTROOM_PORT'), 8080, 0, 65_535),
    data: resolve(value('CHARTROOM_DATA') ?? './data'),
    adminPassword: adminPassword(env.CHARTROOM_ADMIN_PASSWORD),
    accessKey: accessKey(value('CHARTROOM_ACCESS_KEY_ID'), value('CHARTROOM_SECRET_ACCESS_KEY')),
    secret: encryptionSecret(env.CHARTROOM_SECRET),
    publicUrl: publicUrl(value('CHARTROOM_PUBLIC_URL')),
    maxUploadBytes: wholeNumber(
      'CHARTROOM_MAX_UPLOAD_BYTES',
      value('CHARTROOM_MAX_UPLOAD_BYTES'),
      20 * 1024 * 1024,
      1024,
      4 * 1024 ** 3,
    ),
    maxBlobBytes: wholeNumber(
      'CHARTROOM_MAX_BLOB_BYTES',
      value('CHARTROOM_MAX_BLOB_BYTES'),
      10 * 1024 ** 3,
      1024,
      1024 ** 4,
    ),
    reserveBytes: reserveBytes(value('CHARTROOM_RESERVE_BYTES')),
    auditDays: wholeNumber('CHARTROOM_AUDIT_DAYS', value('CHARTROOM_AUDIT_DAYS'), 365, 0, 36_500),
    rateLimit: wholeNumber('CHARTROOM_RATE_LIMIT', value('CHARTROOM_RATE_LIMIT'), 12_000, 0, 1_000_000),
    trustedProxies: trustedProxies(value('CHARTROOM_TRUSTED_PROXIES')),
    region,
    oidc: readOidcConfig(value, env.CHARTROOM_OIDC_CLIENT_SECRET),
  }
}

/** Returns the configured public URL, or one derived from the host and the port that the server listens on. */
export function publicUrlOf(config: Config, port: number): string {
  if (config.publicUrl) return config.publicUrl
  // A browser cannot open a wildcard address.
  const host = { '0.0.0.0': '127.0.0.1', '::': '::1' }[config.host] ?? config.host
  return `http://${isIP(host) === 6 ? `[${host}]` : host}${port === 80 ? '' : `:${port}`}`
}

function isHost(text: string): boolean {
  return isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text)
}

function wholeNumber(name: string, text: string | undefined, fallback: number, least: number, most: number): number {
  if (text === undefined) return fallback
  const number = Number(text)
  if (!/^\d{1,15}$/.test(text) || number < least || number > most) {
    throw badValue(name, text, `a whole number from ${least} to ${most}`)
  }
  return number
}

function reserveBytes(text: string | undefined): number | undefined {
  return text === undefined ? undefined : wholeNumber('CHARTROOM_RESERVE_BYTES', text, 0, 0, 1024 ** 5)
}

/** Not trimmed, because spaces may be part of it. Error messages never repeat secrets. */
function adminPassword(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (text.length < 8)
    throw new ConfigError('CHARTROOM_ADMIN_PASSWORD is too short: it must have at least 8 characters.')
  if (text.length > 1024) {
    throw new ConfigError('CHARTROOM_ADMIN_PASSWORD is too long: it must have at most 1024 characters.')
  }
  return text
}

/** Validates an access key; the vendor's IDs and secrets are 32 hex digits each. */
function accessKey(id: string | undefined, secret: string | undefined): ConfiguredAccessKey | undefined {
  if (id === undefined && secret === undefined) return undefined
  if (id === undefined) throw new ConfigError('CHARTROOM_SECRET_ACCESS_KEY is set without CHARTROOM_ACCESS_KEY_ID.')
  if (secret === undefined) throw new ConfigError('CHARTROOM_ACCESS_KEY_ID is set without CHARTROOM_SECRET_ACCESS_KEY.')
  if (!/^[A-Za-z0-9]{16,64}$/.test(id)) throw badValue('CHARTROOM_ACCESS_KEY_ID', id, '16 to 64 letters and digits')
  if (!/^[!-~]{32,128}$/.test(secret)) {
    throw new ConfigError('CHARTROOM_SECRET_ACCESS_KEY must be 32 to 128 printable ASCII characters without spaces.')
  }
  return { id, secret }
}

/** Validates the secret that encrypts stored secrets. */
function encryptionSecret(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (text.length < SHORTEST_SECRET) {
    throw new ConfigError(
      `CHARTROOM_SECRET is too short: it must have at least ${SHORTEST_SECRET} characters that cannot be guessed.`,
    )
  }
  return text
}

function trustedProxies(text = ''): string[] {
  const listed = text.split(',').map((entry) => entry.trim())
  const proxies = listed.filter((entry) => entry !== '')
  if (areProxies(proxies)) return proxies
  throw badValue(
    'CHARTROOM_TRUSTED_PROXIES',
    text,
    'addresses or networks such as 10.0.0.0/8, with commas between them',
  )
}

function publicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const expected = 'an http:// or https:// address without a path, such as https://charts.example.org'
  const url = URL.parse(text)
  if (!url || !/^https?:\/\//i.test(text) || url.username || url.password) {
    throw badValue('CHARTROOM_PUBLIC_URL', text, expected)
  }
  if (url.pathname !== '/' || url.search || url.hash) throw badValue('CHARTROOM_PUBLIC_URL', text, expected)
  return url.origin
}
