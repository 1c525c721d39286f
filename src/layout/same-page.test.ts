import { expect, it } from 'vitest'
import { paths } from '../paths.ts'
import { samePage } from './same-page.ts'

const chart = { instanceId: 'ccr-00000001', namespace: 'team', chart: 'nginx' }

it.each([
  [paths.instances(), paths.instance('ccr-2')],
  [paths.instance('ccr-00000001'), paths.instance('ccr-2')],
  [paths.namespaces('ccr-00000001'), paths.namespaces('ccr-2')],
  [paths.charts('ccr-00000001'), paths.charts('ccr-2')],
  [paths.credentials('ccr-00000001'), paths.credentials('ccr-2')],
  [paths.robots('ccr-00000001'), paths.robots('ccr-2')],
  [paths.versions(chart), paths.charts('ccr-2')],
])('maps %s to %s', (from, to) => {
  expect(samePage(from, 'ccr-2')).toBe(to)
})
