import { expect, type Page } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { dropFiles } from './drop-files.ts'
import { ADMIN } from './server.ts'
import { test } from './test.ts'
import { fileOf, openDialog } from './upload-dialog.ts'

/** What would run if it were ever taken for anything but text, or for a link that is followed. */
const HTML = '"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
const LINK = 'javascript:window.pwned=1'
const CONTROLS = '\u0007\u001b[31m\u202e\u2066\u200b'
/** helm takes any name without a slash. */
const NAME = '"><img src=x onerror=window.pwned=1>'

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" onload="top.pwned=1"><script>top.pwned=1</script>
<image href="https://elsewhere.example/seen.png"/><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="top.pwned=1"/></body></foreignObject></svg>`

const hostileChart = () =>
  makeChart({
    name: NAME,
    version: '1.0.0',
    metadata: {
      appVersion: HTML,
      description: `${HTML}${CONTROLS}`,
      kubeVersion: HTML,
      home: LINK,
      sources: [LINK, `https://elsewhere.example/${HTML}`, `data:text/html,${HTML}`],
      icon: `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`,
      keywords: [HTML, CONTROLS, '__proto__'],
      maintainers: [{ name: HTML, email: HTML, url: LINK }],
      dependencies: [{ name: 'sub', version: HTML, repository: LINK, alias: 'sub' }],
      annotations: { [HTML]: HTML, '{{constructor.constructor("window.pwned=1")()}}': CONTROLS },
    },
    files: {
      'README.md': HTML,
      [`templates/${NAME}.yaml`]: HTML,
      'charts/sub/Chart.yaml': 'name: sub\nversion: 1.0.0\napiVersion: v2\n',
    },
  })

/** Watches a page; the function tells what it has done that it must not. */
function watch(page: Page, own: string): () => Promise<string[]> {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', (popup) => seen.push(`popup: ${popup.url()}`))
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== own) seen.push(request.url())
  })
  return async () => {
    if (await page.evaluate(() => 'pwned' in window)) seen.push('a script ran')
    return seen
  }
}

test('a chart whose every field is hostile is shown as text, and nothing runs', async ({
  page,
  signedIn,
  instance,
  server,
}) => {
  const done = watch(page, server.url)
  await signedIn.createNamespace(instance.id, 'team')
  const chart = await hostileChart()
  await signedIn.push(instance.id, 'team', chart)

  await page.goto(`/instances/${instance.id}/charts`)
  const link = page.getByRole('link', { name: NAME })
  await expect(link).toBeVisible()
  await page.getByRole('button', { name: `Delete ${NAME}` }).click()
  await expect(page.getByRole('dialog')).toContainText(NAME)
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  expect(await done()).toEqual([])

  await link.click()
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible()
  await expect(page.getByRole('row', { name: /1\.0\.0/ })).toContainText(HTML)
  expect(await done()).toEqual([])

  await page.getByRole('link', { name: 'Information' }).click()
  await expect(page.getByRole('definition').filter({ hasText: HTML }).first()).toBeVisible()
  // The picture is drawn, and cannot fetch or run anything.
  await expect
    .poll(() =>
      page
        .locator('img.chart-icon')
        .first()
        .evaluate((icon: HTMLImageElement) => icon.complete),
    )
    .toBe(true)
  const links = await page
    .getByRole('main')
    .getByRole('link')
    .evaluateAll((all: HTMLAnchorElement[]) => all.map(({ protocol }) => protocol))
  expect(links.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([])
  expect(await done()).toEqual([])
})

test('nor while it is chosen for an upload', async ({ page, signedIn, instance, server }) => {
  const done = watch(page, server.url)
  await signedIn.createNamespace(instance.id, 'team')
  const chart = await hostileChart()
  const dialog = await openDialog(page, instance.id)
  await dropFiles(dialog.getByText('Drop charts here'), [
    fileOf(chart),
    { name: `${NAME}.tgz`, bytes: HTML },
    { name: `${NAME}.txt`, bytes: HTML },
  ])
  await expect(dialog.getByText('New', { exact: true })).toBeVisible()
  await expect(dialog).toContainText(NAME)
  await dialog.getByRole('button', { name: 'Upload 1 chart' }).click()
  await expect(dialog.getByText('1 created', { exact: true })).toBeVisible()
  expect(await done()).toEqual([])
})

test('the policy of the page lets nothing run that is not of the console', async ({
  page,
  signedIn,
  instance,
  server,
}) => {
  await signedIn.createNamespace(instance.id, 'team')
  const answer = await page.goto(`${server.url}/instances/${instance.id}/charts`)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("script-src 'self';")
  expect(policy).not.toContain('unsafe-eval')
  expect(await page.locator('script:not([src])').count()).toBe(0)
  const violated = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective))
        const script = document.createElement('script')
        script.textContent = 'window.pwned = 1'
        document.body.append(script)
      }),
  )
  expect(violated).toBe('script-src-elem')
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
})

test('a download is saved, whatever it is called', async ({ page, signedIn, instance }) => {
  await signedIn.createNamespace(instance.id, 'team')
  const chart = await hostileChart()
  await signedIn.push(instance.id, 'team', chart)
  const path = `/v1/instances/${instance.id}/projects/team/charts/download/${encodeURIComponent(chart.fileName)}`
  await page.goto('/')
  const downloading = page.waitForEvent('download')
  await page.evaluate((to) => location.assign(to), path)
  expect((await downloading).url()).toContain('/download/')
  expect(new URL(page.url()).pathname).not.toBe(path)
})

test('bytes that say they are a page are one without scripts, and of no origin', async ({
  page,
  signedIn,
  instance,
}) => {
  await signedIn.createNamespace(instance.id, 'open', 'public')
  const path = `/v2/${instance.id}/open/app/manifests/v1`
  const put = await page.request.put(path, {
    headers: {
      'Content-Type': 'text/html',
      Authorization: `Basic ${Buffer.from(`${ADMIN.account}:${ADMIN.password}`).toString('base64')}`,
    },
    data: Buffer.from(JSON.stringify({ note: '<h1>Sign in</h1><script>window.pwned=1</script>' })),
  })
  expect(put.status()).toBe(201)
  await page.goto(path)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(await page.evaluate(() => ['pwned' in window, self.origin])).toEqual([false, 'null'])
})
