import { describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { ConfigError } from '../config-error.ts'

const MINIMUM = { CHARTROOM_OIDC_ISSUER: 'https://id.example.org/realms/main', CHARTROOM_OIDC_CLIENT_ID: 'chartroom' }

const read = (env: Record<string, string>) => readConfig(env).oidc

describe('a sign-in provider', () => {
  test('requires an issuer and a client ID and has defaults for the rest', () => {
    expect(read(MINIMUM)).toEqual({
      issuer: new URL('https://id.example.org/realms/main'),
      clientId: 'chartroom',
      clientSecret: undefined,
      scopes: 'openid profile email',
      name: 'id.example.org',
      accountClaims: ['preferred_username', 'email'],
      groupsClaim: 'groups',
      rules: [],
    })
  })

  test('reads every variable', () => {
    const config = read({
      ...MINIMUM,
      CHARTROOM_OIDC_CLIENT_SECRET: ' geheim ',
      CHARTROOM_OIDC_SCOPES: 'openid  groups',
      CHARTROOM_OIDC_NAME: '公司账号',
      CHARTROOM_OIDC_ACCOUNT_CLAIM: 'upn',
      CHARTROOM_OIDC_GROUPS_CLAIM: 'realm_access.roles',
      CHARTROOM_OIDC_GRANTS:
        ' a = administrator;\n /b/c=member ; cn=d,ou=e = developer @ Team 1/f-g;*=guest@ccr-00000001; ',
    })
    expect(config).toMatchObject({
      clientSecret: ' geheim ',
      scopes: 'openid groups',
      name: '公司账号',
      accountClaims: ['upn'],
      groupsClaim: 'realm_access.roles',
      rules: [
        { group: 'a', gives: 'administrator' },
        { group: '/b/c', gives: 'member' },
        { group: 'cn=d,ou=e', gives: { role: 'developer', instance: 'Team 1', namespace: 'f-g' } },
        { group: '*', gives: { role: 'guest', instance: 'ccr-00000001', namespace: null } },
      ],
    })
  })

  test.each([
    ['CHARTROOM_OIDC_ISSUER', 'id.example.org'],
    ['CHARTROOM_OIDC_ISSUER', 'http://id.example.org'],
    ['CHARTROOM_OIDC_ISSUER', 'https://user:geheim@id.example.org'],
    ['CHARTROOM_OIDC_ISSUER', 'https://id.example.org/?realm=main'],
    ['CHARTROOM_OIDC_SCOPES', 'profile email'],
    ['CHARTROOM_OIDC_SCOPES', 'openid "groups"'],
    ['CHARTROOM_OIDC_NAME', 'x'.repeat(65)],
    ['CHARTROOM_OIDC_GRANTS', 'dev'],
    ['CHARTROOM_OIDC_GRANTS', '=administrator'],
    ['CHARTROOM_OIDC_GRANTS', 'dev=developer'],
    ['CHARTROOM_OIDC_GRANTS', 'dev=owner@default'],
    ['CHARTROOM_OIDC_GRANTS', 'dev=member@default'],
    ['CHARTROOM_OIDC_GRANTS', 'dev=developer@'],
    ['CHARTROOM_OIDC_GRANTS', 'dev=developer@default/'],
    ['CHARTROOM_OIDC_GRANTS', 'dev=developer@default/Team'],
  ])('rejects %s=%s with one line that names the variable', (name, value) => {
    expect(errorOf({ ...MINIMUM, [name]: value })).toMatch(new RegExp(`^${name} is .* must be .+\\.$`))
  })

  test('rejects incomplete settings without repeating the secret', () => {
    const { CHARTROOM_OIDC_ISSUER, CHARTROOM_OIDC_CLIENT_ID } = MINIMUM
    expect(errorOf({ CHARTROOM_OIDC_ISSUER })).toBe('CHARTROOM_OIDC_ISSUER is set without CHARTROOM_OIDC_CLIENT_ID.')
    expect(errorOf({ CHARTROOM_OIDC_CLIENT_ID })).toBe('CHARTROOM_OIDC_CLIENT_ID is set without CHARTROOM_OIDC_ISSUER.')
    expect(errorOf({ CHARTROOM_OIDC_CLIENT_SECRET: 'geheim' })).toBe(
      'CHARTROOM_OIDC_CLIENT_SECRET is set without CHARTROOM_OIDC_ISSUER.',
    )
    expect(read({})).toBeUndefined()
  })
})

function errorOf(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('The configuration was accepted.')
}
