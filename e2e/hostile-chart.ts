import type { Page } from '@playwright/test'
import { makeChart, type TestChart } from '../chart/testing/make-chart.ts'

/** Markup that runs a script if interpreted; without a slash, so that it can be part of a file name. */
export const bait = (where: string) => `<img src=x onerror=ran('${where}')>`
export const manyBaits = (where: string) =>
  `</script><script>ran('${where}')</script>${bait(where)}<svg onload=ran('${where}')><a href="javascript:ran('${where}')">x</a>`
/** Characters that reverse a line, ring the bell, end a text or start a colour. */
const CONTROLS = '\u202e\u2066\u0007\u0000\u001b[31m\u0085\u200b'
/** An icon that tries to run a script and to load external content. It also draws something. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" onload="ran('icon')">
    <script>ran('icon')</script><image href="https://evil.example/pixel.png"/>
    <foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:parent.ran('icon')"/></foreignObject>
    <rect width="32" height="32"/></svg>`,
)}`

export const NAME = bait('name')

export function makeHostileChart(): Promise<TestChart> {
  return makeChart({
    name: NAME,
    version: '1.0.0',
    metadata: {
      description: manyBaits('description') + CONTROLS,
      appVersion: manyBaits('appVersion') + CONTROLS,
      kubeVersion: '>=1.0.0',
      home: "javascript:ran('home')",
      icon: ICON,
      sources: [
        "data:text/html,<script>ran('source')</script>",
        "JaVaScRiPt:ran('source')",
        `https://a.example/"${bait('source')}`,
      ],
      keywords: [manyBaits('keyword')],
      maintainers: [{ name: manyBaits('maintainer'), email: bait('email'), url: "javascript:ran('maintainer')" }],
      dependencies: [
        {
          name: bait('dependency'),
          version: '*',
          repository: "javascript:ran('dependency')",
          condition: bait('condition'),
        },
      ],
      annotations: { [bait('key')]: manyBaits('annotation') + CONTROLS },
    },
    files: {
      'README.md': manyBaits('readme'),
      [`templates/${bait('file')}.yaml`]: 'a: 1\n',
      'index.html': manyBaits('file'),
    },
  })
}

/** Effects of hostile content in a page so far; must stay empty. */
export interface Effects {
  /** Fields whose script ran. */
  readonly ran: string[]
  /** Violations of the CSP: markup became part of the page, but was blocked. */
  readonly stopped: string[]
  /** Requests to other origins. */
  readonly outside: string[]
}

export async function watch(page: Page, origin: string): Promise<Effects> {
  const effects: Effects = { ran: [], stopped: [], outside: [] }
  await page.exposeFunction('ran', (where: string) => void effects.ran.push(where))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) effects.stopped.push(message.text())
  })
  page.on('request', (request) => {
    if (!/^(data|blob|about):/.test(request.url()) && new URL(request.url()).origin !== origin) {
      effects.outside.push(request.url())
    }
  })
  return effects
}

export const NOTHING: Effects = { ran: [], stopped: [], outside: [] }
