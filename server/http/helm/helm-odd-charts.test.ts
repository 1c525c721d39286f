import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeChart, type TestChartOptions } from '../../../chart/testing/make-chart.ts'
import { HELMS, openHelmClient } from '../../testing/helm-client.ts'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { ADMINISTRATOR } from '../testing/open-test-app.ts'

/** Real Helm clients with an index of odd charts: one that Helm cannot parse would make the whole index unusable. */

vi.setConfig({ testTimeout: 120_000 })

const ODD_TEXT =
  'tab\t del\x7f nel\x85 ls\u2028 bom\ufeff none\uffff esc\x1b rocket🚀 slash/ \\ " é\r\n---\n...\n%TAG ! x: y # z'
const ODD_NAMES = [
  ...['MyChart', 'white space', '数据库', '🚀', '123', '1e3', '0x1f', '.inf', 'true', 'no', 'null', '~', '2020-01-01'],
  ...['<<', '=', '- x', '*a', '&a', '!x', '|', '>', '%', '@', '`', '?', '{}', '[]', "'q'", '"q"', 'a: b', 'a #b'],
  ...['a?b#c%d', 'we"ird:[ {# é', '__proto__', 'constructor', 'nel\x85', 'ls\u2028', 'n'.repeat(1000)],
]

const ODD_CHARTS: readonly TestChartOptions[] = [
  ...ODD_NAMES.map((name) => ({ name, version: '1.0.0' })),
  ...['1', '1.10', 'v1.2', '1.02.3', '01.1.1', '1.0.0-rc.1+b.7', '18446744073709551615.0.0'].map((version) => ({
    name: 'versions',
    version,
  })),
  {
    name: 'texts',
    version: '1.0.0',
    metadata: {
      ...{ description: ODD_TEXT, home: ODD_TEXT, keywords: [ODD_TEXT], appVersion: '1.10' },
      maintainers: [{ name: ODD_TEXT, email: ODD_TEXT, url: ODD_TEXT }],
      // YAML keys are limited to 1,024 characters.
      annotations: { [ODD_TEXT]: ODD_TEXT, '': 'empty', ['k'.repeat(1025)]: 'too long', long: 'x'.repeat(200_000) },
    },
  },
  {
    name: 'dependencies',
    version: '1.0.0',
    metadata: {
      dependencies: [{ name: 'd', tags: ['x'], 'import-values': ['a', { child: 'c', parent: 'p' }, 1, null, [{}]] }],
    },
  },
]

let server: ListeningApp

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
  for (const chart of [...ODD_CHARTS, { name: 'nginx', version: '1.0.0' }]) {
    const answer = await server.askAsHelm('POST', '/api/chartrepo/team/charts', {
      body: (await makeChart(chart)).bytes,
    })
    expect([chart.name, answer.status]).toEqual([chart.name, 201])
  }
})
afterAll(() => server.close())

describe.each(HELMS)('helm %s', (version) => {
  test.each(['/team', ''])('parses the whole index at /chartrepo%s, and pulls another chart from it', async (path) => {
    const { account, password } = ADMINISTRATOR
    await using helm = await openHelmClient(version)
    const url = `http://localhost:${server.port}/chartrepo${path}`
    await helm.do('repo', 'add', 'odd', url, '--username', account, '--password', password)
    const found = await helm.do('search', 'repo', 'odd/', '--versions', '--devel', '--output', 'json')
    // In the merged index, the namespace and a name of 1,000 characters make a key that is too long for YAML.
    expect(JSON.parse(found)).toHaveLength(ODD_CHARTS.length + (path === '' ? 0 : 1))
    await helm.do('pull', path === '' ? 'odd/team/nginx' : 'odd/nginx')
    expect(Buffer.from((await makeChart({ name: 'nginx', version: '1.0.0' })).bytes)).toEqual(
      await helm.file('nginx-1.0.0.tgz'),
    )
  })
})
