import { type Browser, chromium, type Page } from 'playwright-core'
import type { Chartroom } from './chartroom.ts'
import { HttpClient } from './http-client.ts'
import { percentile } from './steady-load.ts'
import { figure, type Row } from './table.ts'

/** Bars: maximum kilobytes of JavaScript, and maximum seconds until the list can be used. */
const SIZE_BARS = { br: 300, gzip: 360 } as const
const READY_BAR = 4.4
/** Emulates a slow machine (CPU four times slower) on a slow connection. */
const SLOWER = 4
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 }
const RUNS = 5

/** Measures the first load of the console's chart list in a signed-in browser. */
export async function consoleRows(chartroom: Chartroom, namespace: string, executablePath: string): Promise<Row[]> {
  const args = ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update']
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args,
  })
  try {
    const address = `${chartroom.server.url}/instances/${chartroom.instance}/charts?namespace=${namespace}`
    const visit = (run: (page: Page) => Promise<void>) => open(browser, chartroom, address, run)
    const fast = await visit(async () => {})
    const slow: Visit[] = []
    for (let run = 0; run < RUNS; run++) slow.push(await visit(slowDown))
    const ready = percentile(
      slow.map((each) => each.ready).toSorted((a, b) => a - b),
      0.5,
    )
    // Counted on the slow connection, where only the scripts that the list waits for have arrived by then.
    const scripts = new Set(slow.flatMap((each) => each.scripts))
    const rows = Object.entries(SIZE_BARS).map(async ([encoding, bar]) => {
      const size = await sizeOf(chartroom, [...scripts], encoding)
      return {
        what: `console: JavaScript before the chart list is usable, ${encoding}`,
        ours: figure(size, 'KB'),
        bar: { text: `< ${bar} KB`, holds: size < bar },
      }
    })
    return [
      ...(await Promise.all(rows)),
      {
        what: 'console: chart list usable, CPU / 4, 1.6 Mbit/s, 150 ms round trip',
        ours: figure(ready, 's'),
        bar: { text: `< ${READY_BAR} s (goal 3 s)`, holds: ready < READY_BAR },
      },
      { what: 'console: chart list usable, this machine as it is', ours: figure(fast.ready, 's') },
    ]
  } finally {
    await browser.close()
  }
}

interface Visit {
  /** Seconds from navigation until the list can be read and searched. */
  readonly ready: number
  /** URLs of the scripts loaded by then. */
  readonly scripts: readonly string[]
}

async function open(
  browser: Browser,
  { server, cookie }: Chartroom,
  address: string,
  prepare: (page: Page) => Promise<void>,
): Promise<Visit> {
  const [name = '', value = ''] = cookie.split('=')
  // A new context has an empty cache.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' })
  try {
    await context.addCookies([{ name, value, url: server.url }])
    const page = await context.newPage()
    const scripts: string[] = []
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url())
    })
    await prepare(page)
    await page.goto(address, { waitUntil: 'commit' })
    await page.getByRole('table').getByRole('link').first().waitFor()
    await page.getByRole('searchbox').waitFor()
    const ready = await page.evaluate(() => performance.now() / 1000)
    return { ready, scripts: [...scripts] }
  } finally {
    await context.close()
  }
}

async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', LINE)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
}

/** Transfer size of the scripts in kilobytes, in the given content encoding. */
async function sizeOf({ server }: Chartroom, scripts: readonly string[], encoding: string): Promise<number> {
  using client = new HttpClient(server.url, 1, { 'Accept-Encoding': encoding })
  const sizes = await Promise.all(scripts.map((url) => client.download(new URL(url).pathname)))
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}
