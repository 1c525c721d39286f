import { makeChart } from '../chart/testing/make-chart.ts'
import { makeProvenance } from '../chart/testing/make-provenance.ts'
import type { RegistryClient } from './registry-client.ts'

/** Account that `fillInstance` makes a member. */
export const memberOf = (instanceId: string) => `a-person-with-a-rather-long-name-${instanceId}`

/** Fills an instance so that none of its pages is empty. */
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
  await fillWithLongNames(registry, instanceId)
  // More than the namespace select lists at once.
  const zones = Array.from({ length: 120 }, (_, index) => `zone-${100 + index}`)
  await Promise.all(zones.map((zone) => registry.createNamespace(instanceId, zone)))
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

/** Namespace and chart that `fillWithLongNames` creates. */
export const LONG_NAMESPACE = 'a-namespace-whose-name-has-all-of-the-sixty-four-characters-here'
export const LONG_CHART =
  'a-chart-whose-name-is-as-long-as-anybody-would-make-it-and-then-some-more-to-reach-one-hundred-chars'

/** Creates a chart with names and texts of maximum length, some without a place to break. */
async function fillWithLongNames(registry: RegistryClient, instanceId: string): Promise<void> {
  await registry.createNamespace(instanceId, LONG_NAMESPACE, 'public')
  for (const version of ['1.0.0', '2.0.0-alpha.with.a.rather.long.name+build.20261130.0123456789abcdef']) {
    const metadata = {
      appVersion: '2026.11.30-nightly-0123456789abcdef0123456789abcdef',
      deprecated: true,
      description: `${'A description that goes on and on. '.repeat(12)}${'x'.repeat(120)}`,
      home: `https://example.org/${'0123456789'.repeat(12)}`,
      sources: ['main', 'docs', 'examples'].map(
        (folder) => `https://git.example.org/a/long/path/to/${folder}/${'a'.repeat(60)}`,
      ),
      keywords: ['ingress', 'kubernetes', 'load-balancer', `keyword${'s'.repeat(90)}`],
      maintainers: [{ name: 'A Person With Several Given Names', email: `${'someone'.repeat(8)}@mail.example.org` }],
      dependencies: [
        {
          name: 'common',
          version: '^2.0.0',
          repository: `https://charts.example.org/${'d'.repeat(90)}`,
          condition: 'common.enabled',
        },
      ],
      annotations: { [`example.org/${'annotation'.repeat(6)}`]: 'A text of some words. '.repeat(20) },
    }
    await registry.push(instanceId, LONG_NAMESPACE, await makeChart({ name: LONG_CHART, version, metadata }))
  }
  await registry.pushArtifact(instanceId, `${LONG_NAMESPACE}/${'images'.repeat(12)}`, 't'.repeat(128), 'image')
  await registry.createRobot(instanceId, `robot${'s'.repeat(50)}`, { duration: 3, description: 'w'.repeat(120) })
}
