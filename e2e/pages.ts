import type { Page } from '@playwright/test'
import { makeChart, type TestChart } from '../chart/testing/make-chart.ts'
import { makeProvenance } from '../chart/testing/make-provenance.ts'
import { dropFiles } from './drop-files.ts'
import { RegistryClient } from './registry-client.ts'
import { noise, slowDown } from './slow-line.ts'
import { fileOf, openDialog } from './upload-dialog.ts'

/** An account that `fillInstance` makes a member. */
const memberOf = (instanceId: string) => `a-person-with-a-rather-long-name-${instanceId}`

/** Fills an instance so that every page of it has something to show. */
export async function fillInstance(registry: RegistryClient, instanceId: string): Promise<void> {
  await registry.createNamespace(instanceId, 'team')
  await registry.createNamespace(instanceId, 'open', 'public')
  for (const version of ['1.0.0', '1.1.0', '2.0.0-rc.1']) {
    const metadata = {
      appVersion: '1.27',
      description: 'A web server with a description that is long enough to need more than one line on a telephone.',
      home: 'https://nginx.example.org/a/path/that/is/rather/long/and/has/no/place/to/break',
      keywords: ['web', 'proxy'],
      maintainers: [{ name: 'Ann Lee', email: 'ann@example.org' }],
      dependencies: [{ name: 'common', version: '^2.0.0', repository: 'https://charts.example.org' }],
    }
    const chart = await makeChart({ name: 'nginx', version, metadata })
    await registry.push(instanceId, 'team', chart, version === '1.0.0' ? makeProvenance(chart) : undefined)
  }
  const { account } = await registry.createMember(memberOf(instanceId))
  await registry.giveRole(instanceId, account, 'guest')
  await registry.giveRole(instanceId, account, 'maintainer', 'team')
  await registry.createRobot(instanceId, 'builder', { duration: 14, description: 'Builds of the web team; ask Ann.' })
  await registry.createRobot(instanceId, 'mirror', { duration: 3, disable: true })
  await registry.createRobot(instanceId, 'a-robot-with-a-rather-long-name-for-a-small-screen')
  // Its name is not a valid OCI repository name.
  await registry.push(instanceId, 'team', await makeChart({ name: 'MyChart', version: '1.0.0' }))
  const repository = 'open/apps/a-repository-with-a-rather-long-name-for-a-small-screen'
  const image = await registry.pushArtifact(instanceId, repository, 'v1', 'image')
  await registry.pushArtifact(instanceId, repository, 'a-tag-that-is-longer-than-tags-should-be', 'other image')
  await registry.pushArtifact(instanceId, repository, null, 'signature', { subject: image })
  await registry.pushArtifact(instanceId, 'open/tools', 'v1', 'tools')
  await registry.pushArtifact(instanceId, 'open/tools', null, 'untagged')
  // More than the choice of a namespace lists at once.
  for (let number = 100; number < 220; number++) await registry.createNamespace(instanceId, `zone-${number}`)
  await registry.push(
    instanceId,
    'team',
    await makeChart({
      name: 'a-chart-with-a-rather-long-name-for-a-small-screen',
      version: '0.0.1',
      metadata: { deprecated: true },
    }),
  )
}

/** Every page and every dialog of the console, by the name of what is looked at, and how to get there. */
export function everyPage(instanceId: string): Record<string, (page: Page) => Promise<void>> {
  const at = (path: string) => `/instances/${instanceId}${path}`
  const nginx = at('/namespaces/team/charts/nginx')
  const someone = memberOf(instanceId)
  const loaded = async (page: Page, path: string) => {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
  }
  const open = async (page: Page, path: string, button: string) => {
    await loaded(page, path)
    await page.getByRole('button', { name: button, exact: true }).first().click()
    await page.getByRole('dialog').last().getByRole('button').last().waitFor()
  }
  const connect = async (page: Page, path: string) => {
    await loaded(page, path)
    await page.getByRole('dialog').getByRole('radio', { name: 'Chart repository' }).waitFor({ state: 'attached' })
  }
  const upload = async (page: Page, chart: TestChart, before?: () => Promise<unknown>) => {
    const dialog = await openDialog(page, instanceId)
    await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [fileOf(chart)])
    await dialog.getByText('New', { exact: true }).waitFor()
    await before?.()
    await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
    return dialog
  }
  const uploadSlowly = async (page: Page, name: string) => {
    const chart = await makeChart({ name, version: '1.0.0', files: { 'files/noise.bin': noise(900_000) } })
    const dialog = await upload(page, chart, () => slowDown(page, 2000))
    await dialog.getByRole('progressbar', { name: `Progress of ${name} 1.0.0` }).waitFor()
    return dialog
  }
  return {
    'instance list': (page) => loaded(page, '/instances'),
    'create instance': (page) => open(page, '/instances', 'Create instance'),
    'rename instance': (page) => open(page, '/instances', 'Rename default'),
    'edit tags': (page) => open(page, '/instances', 'Edit tags of default'),
    overview: (page) => loaded(page, at('')),
    'custom domains': async (page) => {
      await loaded(page, at(''))
      await page.getByRole('button', { name: /^Edit the custom domains/ }).click()
      await page.getByRole('dialog').getByRole('button').last().waitFor()
    },
    namespaces: (page) => loaded(page, at('/namespaces')),
    'create namespace': (page) => open(page, at('/namespaces'), 'Create namespace'),
    'make public': (page) => open(page, at('/namespaces'), 'Make public: team'),
    'make immutable': (page) => open(page, at('/namespaces'), 'Make immutable: team'),
    'delete namespace': (page) => open(page, at('/namespaces'), 'Delete team'),
    'chart list': (page) => loaded(page, at('/charts')),
    'chart list, searched': (page) => loaded(page, at('/charts?q=ngi')),
    'chart list, nothing found': (page) => loaded(page, at('/charts?q=zzz')),
    'chart list, empty': (page) => loaded(page, at('/charts?namespace=open')),
    'chart list, choosing a namespace': async (page) => {
      await loaded(page, at('/charts'))
      await page.getByRole('combobox', { name: 'Namespace' }).click()
      await page.getByText('100 of 122. Type to find others.').waitFor()
    },
    'chart list, choosing a namespace by its name': async (page) => {
      await loaded(page, at('/charts'))
      await page.getByRole('combobox', { name: 'Namespace' }).fill('zone-219')
      await page.getByRole('option', { name: 'zone-219' }).waitFor({ state: 'attached' })
    },
    'delete chart': (page) => open(page, at('/charts'), 'Delete nginx'),
    upload: (page) => open(page, at('/charts?namespace=team'), 'Upload'),
    'upload with verdicts': async (page) => {
      await open(page, at('/charts?namespace=team'), 'Upload')
      const fresh = await makeChart({ name: 'redis', version: '1.0.0' })
      const other = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'other' } })
      await dropFiles(page.getByRole('dialog').getByText('Drop .tgz and .prov files here'), [
        { name: fresh.fileName, bytes: fresh.bytes },
        { name: other.fileName, bytes: other.bytes },
        { name: 'broken.tgz', bytes: 'no archive' },
        { name: 'notes.txt', bytes: 'no chart' },
      ])
      await page.getByText('Replaces').first().waitFor()
    },
    versions: (page) => loaded(page, `${nginx}/versions`),
    'delete version': (page) => open(page, `${nginx}/versions`, 'Delete nginx 1.0.0'),
    'how to connect to a namespace': (page) => connect(page, at('/charts?namespace=team&connect=cm-push')),
    'how to connect to a version': (page) => connect(page, `${nginx}/versions?connect=helm-3.8`),
    'how to connect, as a file': (page) => connect(page, `${nginx}/versions?connect=flux`),
    'how to connect, not by OCI': (page) =>
      connect(page, at('/namespaces/team/charts/MyChart/versions?connect=helm-4&by=oci')),
    artifacts: (page) => loaded(page, at('/artifacts')),
    'artifacts, nothing found': (page) => loaded(page, at('/artifacts?q=zzz')),
    'delete artifact': (page) => open(page, at('/artifacts'), 'Delete open/tools:v1'),
    accounts: (page) => loaded(page, '/accounts'),
    'create account': (page) => open(page, '/accounts', 'Create account'),
    'reset password': (page) => open(page, '/accounts', `Reset password of ${someone}`),
    'disable account': (page) => open(page, '/accounts', `Disable ${someone}`),
    members: (page) => loaded(page, at('/members')),
    'add member': async (page) => {
      await open(page, at('/members'), 'Add member')
      await page.getByRole('radio', { name: /^Selected namespaces/ }).check({ force: true })
    },
    'take a role': (page) => open(page, at('/members'), `Remove from ${someone}: Guest in all namespaces`),
    credentials: (page) => loaded(page, at('/credentials')),
    'set fixed password': async (page) => {
      await open(page, at('/credentials'), 'Set fixed password')
      await page.getByRole('radio', { name: /^Enter manually/ }).check({ force: true })
      await page
        .getByRole('dialog')
        .getByLabel(/^Password/)
        .fill('lower')
    },
    'temporary password': async (page) => {
      await open(page, at('/credentials'), 'Create temporary password')
      await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
      await page.getByRole('dialog', { name: 'Your temporary password' }).getByRole('button').last().waitFor()
    },
    robots: (page) => loaded(page, at('/robots')),
    'robots, disabled': (page) => loaded(page, at('/robots?status=disabled')),
    'create robot': async (page) => {
      await open(page, at('/robots'), 'Create robot account')
      await page.getByRole('radio', { name: /^Selected namespaces/ }).check({ force: true })
      await page.getByRole('radio', { name: 'Other', exact: true }).check({ force: true })
      await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
    },
    'change robot': (page) => open(page, at('/robots'), 'Change ccr$builder'),
    'disable robot': (page) => open(page, at('/robots'), 'Disable ccr$builder'),
    'delete robot': (page) => open(page, at('/robots'), 'Delete ccr$builder'),
    'secret of a robot': async (page) => {
      await open(page, at('/robots'), 'New secret for ccr$builder')
      await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click()
      const dialog = page.getByRole('dialog', { name: 'Secret of ccr$builder' })
      await dialog.getByText('Kubernetes Secret').waitFor()
    },
    'signed in, in a tab of its own': (page) => loaded(page, '/signed-in'),
    'own account': (page) => loaded(page, '/account'),
    'create access key': (page) => open(page, '/account/access-keys', 'Create access key'),
    'new access key': async (page) => {
      await open(page, '/account/access-keys', 'Create access key')
      await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
      await page
        .getByRole('dialog', { name: /^New access key/ })
        .getByRole('button')
        .last()
        .waitFor()
    },
    'access keys': (page) => loaded(page, '/account/access-keys'),
    'rotate access key': async (page) => {
      await loaded(page, '/account/access-keys')
      await page
        .getByRole('button', { name: /^Rotate/ })
        .first()
        .click()
      await page.getByRole('dialog').getByRole('button').last().waitFor()
    },
    storage: (page) => loaded(page, '/storage'),
    'audit of the registry': (page) => loaded(page, '/audit'),
    'audit of an instance': (page) => loaded(page, at('/audit?action=chart.publish')),
    'audit, pages of it': (page) => loaded(page, at('/audit?pageSize=2')),
    'audit, nothing found': (page) => loaded(page, at('/audit?actor=nobody')),
    activity: (page) => loaded(page, `${nginx}/activity`),
    information: (page) => loaded(page, `${nginx}/information`),
    'not found': (page) => loaded(page, at('/nothing')),
    'chart list of a namespace that is gone': (page) => loaded(page, at('/charts?namespace=gone')),
    'upload, outcome list': async (page) => {
      const dialog = await upload(page, await makeChart({ name: 'kafka', version: '1.0.0' }))
      await dialog.getByText('1 created', { exact: true }).waitFor()
    },
    'upload, lost race': async (page) => {
      const [mine, theirs] = await Promise.all(
        ['mine', 'theirs'].map((description) =>
          makeChart({ name: 'contested', version: '1.0.0', metadata: { description } }),
        ),
      )
      if (!mine || !theirs) throw new Error('Two were made.')
      const registry = new RegistryClient(page.context().request)
      const dialog = await upload(page, mine, () => registry.push(instanceId, 'team', theirs))
      await dialog.getByRole('button', { name: 'Replace contested 1.0.0' }).waitFor()
    },
    // The last, as the line stays slow.
    'upload, running': async (page) => void (await uploadSlowly(page, 'slow')),
    'stop the uploads?': async (page) => {
      const dialog = await uploadSlowly(page, 'slower')
      await dialog.getByRole('button', { name: 'Close' }).last().click()
      await page.getByRole('dialog', { name: 'Stop the uploads?' }).getByRole('button').last().waitFor()
    },
  }
}
