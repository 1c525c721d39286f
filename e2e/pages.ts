import type { Page } from '@playwright/test'
import { makeChart, type TestChart } from '../chart/testing/make-chart.ts'
import { dropFiles } from './drop-files.ts'
import { LONG_CHART, LONG_NAMESPACE, memberOf } from './fill-instance.ts'
import { RegistryClient } from './registry-client.ts'
import { noise, slowDown } from './slow-line.ts'
import { fileOf, openDialog } from './upload-dialog.ts'

/** Opens a page or a dialog and waits until it is complete. */
type Opening = (page: Page) => Promise<void>

/**
 * Every page and dialog of the console, by subject and name. The instance must be filled by `fillInstance`; each subject
 * can use a separate one, so that subjects can be tested in parallel.
 */
export const PAGES: Readonly<Record<string, (instanceId: string) => Readonly<Record<string, Opening>>>> = {
  instances: (id) => ({
    'instance list': (page) => loaded(page, '/instances'),
    'create instance': (page) => open(page, '/instances', 'Create instance'),
    'rename instance': (page) => open(page, '/instances', 'Rename default'),
    'edit tags': (page) => open(page, '/instances', 'Edit tags of default'),
    overview: (page) => loaded(page, at(id)),
    'custom domains': (page) => open(page, at(id), /^Edit the custom domains/),
    'not found': (page) => loaded(page, at(id, '/nothing')),
    'signed in, in a tab of its own': (page) => loaded(page, '/signed-in'),
    storage: (page) => loaded(page, '/storage'),
    'background jobs': (page) => loaded(page, '/jobs'),
  }),
  namespaces: (id) => ({
    namespaces: (page) => loaded(page, at(id, '/namespaces')),
    'create namespace': (page) => open(page, at(id, '/namespaces'), 'Create namespace'),
    'make public': (page) => open(page, at(id, '/namespaces'), 'Make public: team'),
    'make immutable': (page) => open(page, at(id, '/namespaces'), 'Make immutable: team'),
    'delete namespace': (page) => open(page, at(id, '/namespaces'), 'Delete team'),
    artifacts: (page) => loaded(page, at(id, '/artifacts')),
    'artifacts, nothing found': (page) => loaded(page, at(id, '/artifacts?q=zzz')),
    'delete artifact': (page) => open(page, at(id, '/artifacts'), 'Delete open/tools:v1'),
  }),
  charts: (id) => ({
    'chart list': (page) => loaded(page, at(id, '/charts')),
    'chart list, searched': (page) => loaded(page, at(id, '/charts?q=ngi')),
    'chart list, nothing found': (page) => loaded(page, at(id, '/charts?q=zzz')),
    'chart list, empty': (page) => loaded(page, at(id, '/charts?namespace=open')),
    'chart list of a namespace that is gone': (page) => loaded(page, at(id, '/charts?namespace=gone')),
    'chart list, choosing a namespace': async (page) => {
      await loaded(page, at(id, '/charts'))
      await page.getByRole('combobox', { name: 'Namespace' }).click()
      await page.getByText('100 of 123. Type to find others.').waitFor()
    },
    'chart list, choosing a namespace by its name': async (page) => {
      await loaded(page, at(id, '/charts'))
      await page.getByRole('combobox', { name: 'Namespace' }).fill('zone-219')
      await page.getByRole('option', { name: 'zone-219' }).waitFor({ state: 'attached' })
    },
    'delete chart': (page) => open(page, at(id, '/charts'), 'Delete nginx'),
  }),
  upload: (id) => ({
    upload: (page) => open(page, at(id, '/charts?namespace=team'), 'Upload'),
    'upload with verdicts': async (page) => {
      await open(page, at(id, '/charts?namespace=team'), 'Upload')
      const fresh = await makeChart({ name: 'redis', version: '1.0.0' })
      const other = await makeChart({ name: 'nginx', version: '1.0.0', metadata: { description: 'other' } })
      await dropFiles(page.getByRole('dialog').getByText('Drop .tgz and .prov files here'), [
        fileOf(fresh),
        fileOf(other),
        { name: 'broken.tgz', bytes: 'no archive' },
        { name: 'notes.txt', bytes: 'no chart' },
      ])
      await page.getByText('Replaces').first().waitFor()
    },
    'upload, outcome list': async (page) => {
      const dialog = await upload(page, id, await makeChart({ name: 'kafka', version: '1.0.0' }))
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
      const dialog = await upload(page, id, mine, () => registry.push(id, 'team', theirs))
      await dialog.getByRole('button', { name: 'Replace contested 1.0.0' }).waitFor()
    },
    // Last, because the connection stays slow.
    'upload, running': async (page) => void (await uploadSlowly(page, id, 'slow')),
    'stop the uploads?': async (page) => {
      const dialog = await uploadSlowly(page, id, 'slower')
      await dialog.getByRole('button', { name: 'Close' }).last().click()
      await page.getByRole('dialog', { name: 'Stop the uploads?' }).getByRole('button').last().waitFor()
    },
  }),
  versions: (id) => ({
    versions: (page) => loaded(page, `${nginx(id)}/versions`),
    'versions, long texts': (page) => loaded(page, `${long(id)}/versions`),
    'delete version': (page) => open(page, `${nginx(id)}/versions`, 'Delete nginx 1.0.0'),
    activity: (page) => loaded(page, `${nginx(id)}/activity`),
    'activity, long texts': (page) => loaded(page, `${long(id)}/activity`),
    information: (page) => loaded(page, `${nginx(id)}/information`),
    'information, long texts': (page) => loaded(page, `${long(id)}/information`),
    'information, choosing a version': async (page) => {
      await loaded(page, `${long(id)}/information`)
      await page.getByRole('combobox').click()
      await page.getByRole('option').first().waitFor({ state: 'attached' })
    },
  }),
  'how to connect, and the audit log': (id) => ({
    'how to connect to a namespace': (page) => connect(page, at(id, '/charts?namespace=team&connect=cm-push')),
    'how to connect to a version': (page) => connect(page, `${nginx(id)}/versions?connect=helm-3.8`),
    'how to connect, as a file': (page) => connect(page, `${nginx(id)}/versions?connect=flux`),
    'how to connect, not by OCI': (page) =>
      connect(page, at(id, '/namespaces/team/charts/MyChart/versions?connect=helm-4&by=oci')),
    'audit of the registry': (page) => loaded(page, '/audit'),
    'audit of an instance': (page) => loaded(page, at(id, '/audit?action=chart.publish')),
    'audit, pages of it': (page) => loaded(page, at(id, '/audit?pageSize=2')),
    'audit, nothing found': (page) => loaded(page, at(id, '/audit?actor=nobody')),
  }),
  people: (id) => ({
    accounts: (page) => loaded(page, '/accounts'),
    'create account': (page) => open(page, '/accounts', 'Create account'),
    'reset password': (page) => open(page, '/accounts', `Reset password of ${memberOf(id)}`),
    'disable account': (page) => open(page, '/accounts', `Disable ${memberOf(id)}`),
    members: (page) => loaded(page, at(id, '/members')),
    'add member': async (page) => {
      await open(page, at(id, '/members'), 'Add member')
      await page.getByRole('radio', { name: /^Selected namespaces/ }).check({ force: true })
    },
    'take a role': (page) => open(page, at(id, '/members'), `Remove from ${memberOf(id)}: Guest in all namespaces`),
    'own account': (page) => loaded(page, '/account'),
  }),
  credentials: (id) => ({
    credentials: (page) => loaded(page, at(id, '/credentials')),
    'set fixed password': async (page) => {
      await open(page, at(id, '/credentials'), 'Set fixed password')
      await page.getByRole('radio', { name: /^Enter manually/ }).check({ force: true })
      await page
        .getByRole('dialog')
        .getByLabel(/^Password/)
        .fill('lower')
    },
    'temporary password': async (page) => {
      await open(page, at(id, '/credentials'), 'Create temporary password')
      await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
      await page.getByRole('dialog', { name: 'Your temporary password' }).getByRole('button').last().waitFor()
    },
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
    'rotate access key': (page) => open(page, '/account/access-keys', /^Rotate/),
  }),
  robots: (id) => ({
    robots: (page) => loaded(page, at(id, '/robots')),
    'robots, disabled': (page) => loaded(page, at(id, '/robots?status=disabled')),
    'create robot': async (page) => {
      await open(page, at(id, '/robots'), 'Create robot account')
      await page.getByRole('radio', { name: /^Selected namespaces/ }).check({ force: true })
      await page.getByRole('radio', { name: 'Other', exact: true }).check({ force: true })
      await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
    },
    'edit robot': (page) => open(page, at(id, '/robots'), 'Edit ccr$builder'),
    'disable robot': (page) => open(page, at(id, '/robots'), 'Disable ccr$builder'),
    'delete robot': (page) => open(page, at(id, '/robots'), 'Delete ccr$builder'),
    'secret of a robot': async (page) => {
      await open(page, at(id, '/robots'), 'New secret for ccr$builder')
      await page.getByRole('dialog').getByRole('button', { name: 'New secret' }).click()
      const dialog = page.getByRole('dialog', { name: 'Secret of ccr$builder' })
      await dialog.getByText('Kubernetes Secret').waitFor()
    },
  }),
}

const at = (instanceId: string, path = '') => `/instances/${instanceId}${path}`
const nginx = (instanceId: string) => at(instanceId, '/namespaces/team/charts/nginx')
const long = (instanceId: string) => at(instanceId, `/namespaces/${LONG_NAMESPACE}/charts/${LONG_CHART}`)

async function loaded(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
}

async function open(page: Page, path: string, button: string | RegExp): Promise<void> {
  await loaded(page, path)
  await page.getByRole('button', { name: button, exact: true }).first().click()
  await page.getByRole('dialog').last().getByRole('button').last().waitFor()
}

async function connect(page: Page, path: string): Promise<void> {
  await loaded(page, path)
  await page.getByRole('dialog').getByRole('radio', { name: 'Chart repository' }).waitFor({ state: 'attached' })
}

async function upload(page: Page, instanceId: string, chart: TestChart, before?: () => Promise<unknown>) {
  const dialog = await openDialog(page, instanceId)
  await dropFiles(dialog.getByText('Drop .tgz and .prov files here'), [fileOf(chart)])
  await dialog.getByText('New', { exact: true }).waitFor()
  await before?.()
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  return dialog
}

async function uploadSlowly(page: Page, instanceId: string, name: string) {
  const chart = await makeChart({ name, version: '1.0.0', files: { 'files/noise.bin': noise(900_000) } })
  const dialog = await upload(page, instanceId, chart, () => slowDown(page, 2000))
  await dialog.getByRole('progressbar', { name: `Progress of ${name} 1.0.0` }).waitFor()
  return dialog
}
