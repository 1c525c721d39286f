import type { AccessKeyFacts, AccountFacts, DataFolderFacts, RobotFacts } from './facts.ts'
import { HttpClient, type Login } from './http-client.ts'

type People = Pick<DataFolderFacts, 'accounts' | 'robots' | 'accessKeys' | 'instancePasswords'>

/** Creates accounts with grants and preferences, access keys, instance passwords and robots. */
export async function putPeople(
  origin: string,
  admin: HttpClient,
  { first, second, admin: administrator }: { first: string; second: string; admin: Login },
): Promise<People> {
  const accounts: readonly AccountFacts[] = [
    { ...DEFAULTS, ...administrator, role: 'administrator', language: 'zh-CN', theme: 'dark' },
    {
      ...DEFAULTS,
      name: 'ann',
      password: 'password of ann',
      grants: [
        { instanceId: first, namespace: null, role: 'guest' },
        { instanceId: first, namespace: 'team', role: 'maintainer' },
      ],
      theme: 'system',
    },
    {
      ...DEFAULTS,
      name: 'Administrator of the second',
      password: 'password of bob',
      grants: [{ instanceId: second, namespace: null, role: 'administrator' }],
    },
    { ...DEFAULTS, name: 'chris', password: 'password of chris', role: 'administrator' },
    { ...DEFAULTS, name: 'dismissed', password: 'password of dan', disabled: true },
    { ...DEFAULTS, name: '李雷', password: 'password of lei' },
  ]
  for (const { name, password, role, grants, disabled } of accounts.slice(1)) {
    const { account } = (await admin.ok('POST', '/console/accounts', { body: { name, role, password } })).json()
    for (const { instanceId, namespace, role: granted } of grants) {
      const body = { account: name, role: granted, namespaces: namespace === null ? null : [namespace] }
      await admin.ok('PUT', `/console/instances/${instanceId}/members`, { body })
    }
    if (disabled) await admin.ok('PUT', `/console/accounts/${account.id}`, { body: { disabled } })
  }
  // A grant that is given and removed again.
  const removed = { account: 'ann', role: 'developer', namespaces: ['open'] }
  await admin.ok('PUT', `/console/instances/${first}/members`, { body: removed })
  const items = [{ account: 'ann', namespace: 'open' }]
  await admin.ok('DELETE', `/console/instances/${first}/members`, { body: { items } })

  const accessKeys: AccessKeyFacts[] = []
  for (const { name, password, language, theme } of accounts.filter((account) => !account.disabled)) {
    const { client } = await new HttpClient(origin).signIn({ name, password })
    if (language ?? theme) await client.ok('PUT', '/console/account/preferences', { body: { language, theme } })
    if (name !== 'admin' && name !== 'ann') continue
    for (const description of ['in use', 'disabled', 'deleted']) {
      const path = '/console/account/access-keys'
      const { id, secret } = (await client.ok('POST', path, { body: { description } })).json()
      if (description === 'deleted') await client.ok('DELETE', `${path}/${id}`)
      else accessKeys.push({ account: name, id, secret, disabled: description === 'disabled' })
      if (description === 'disabled') await client.ok('PUT', `${path}/${id}`, { body: { disabled: true } })
    }
  }
  // A failed sign-in for the audit log.
  await new HttpClient(origin).send('POST', '/console/session', { body: { account: 'ann', password: 'not hers' } })

  const ann = (await new HttpClient(origin).signIn(accounts[1] as Login)).client // second in the list above
  const password = 'Correct-horse-7'.replaceAll('-', '!')
  await ann.ok('PUT', `/v1/instances/${first}/credential`, { body: { password } })
  await ann.ok('POST', `/v1/instances/${first}/credential`, { body: { duration: 24 } })
  return {
    accounts,
    accessKeys,
    robots: await putRobots(admin, { first, second }),
    instancePasswords: [{ instance: first, name: 'ann', password }],
  }
}

async function putRobots(admin: HttpClient, { first, second }: { first: string; second: string }) {
  const robots: RobotFacts[] = []
  for (const [instance, name, more, reads] of [
    [first, 'builder', { description: 'Builds of the web team.' }, 'team'],
    [first, 'everywhere', { namespace: '*' }, 'fixed'],
    [first, 'disabled', { disable: true }, 'team'],
    [first, 'expiring', { duration: 1 }, null],
    [second, 'builder', {}, 'team'],
    [first, 'deleted', {}, null],
  ] as const) {
    const { namespace = 'team', ...fields } = { namespace: undefined, ...more }
    const access = ['pull', 'push'].map((action) => ({ resource: 'repository', action }))
    const body = { name, duration: -1, permissions: [{ kind: 'project', namespace, access }], ...fields }
    const robot = (await admin.ok('POST', `/v1/instances/${instance}/robots`, { body })).json()
    if (name === 'deleted') await admin.ok('DELETE', `/v1/instances/${instance}/robots/${robot.id}`)
    else robots.push({ instance, name: robot.name, secret: robot.secret, disabled: name === 'disabled', reads })
  }
  return robots
}

const DEFAULTS = { role: 'member', disabled: false, grants: [], language: null, theme: null } as const
