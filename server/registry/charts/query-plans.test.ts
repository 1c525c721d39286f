import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CompiledQuery, Kysely } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeSqliteDialect } from '../../db/node-sqlite.ts'
import type { Schema } from '../../db/schema.ts'
import { openTestRegistry, type TestRegistry } from '../../testing/open-test-registry.ts'
import { findAuditEvents } from '../audit/audit-queries.ts'
import { instanceStorage } from '../blobs/instance-storage.ts'
import {
  findGarbageArchives,
  findGarbageBlobs,
  findGarbageLinks,
  findGarbageManifests,
  findGarbageRepositories,
} from '../garbage/garbage-queries.ts'
import {
  findIndexEntry,
  findLatestIndexEntry,
  listIndexEntries,
  listIndexedArchives,
  listIndexedCharts,
} from '../index/index-queries.ts'
import { findInstanceOfDomain, listDomains } from '../instances/domain-queries.ts'
import { instanceStatistics, listInstances } from '../instances/instance-queries.ts'
import { findNamespaces, listAllNamespaces, listNamespaces } from '../instances/namespace-queries.ts'
import { findArtifacts, findUnreferenced, listArtifacts, listPartsOf } from '../oci/artifact-queries.ts'
import {
  findDigests,
  findManifest,
  findTagged,
  listReferrers,
  listTags,
  listTagsOfManifests,
} from '../oci/manifest-queries.ts'
import {
  countArtifactRepositories,
  countArtifactRepositoriesIn,
  findLinkedBlob,
  findRepositoriesOfBlob,
} from '../oci/repository-queries.ts'
import { listChartNames, listCharts } from './chart-queries.ts'
import { findFile } from './file-queries.ts'
import { findLatestStable, findLatestVersion, findVersion, findVersions, listVersions } from './version-queries.ts'

let store: TestRegistry
let db: Kysely<Schema>
let queries: CompiledQuery[] = []

beforeAll(async () => {
  store = await openTestRegistry()
  db = new Kysely<Schema>({
    dialect: nodeSqliteDialect(() => new DatabaseSync(join(store.folder, 'chartroom.db'))),
    log: ({ query }) => {
      queries.push(query)
    },
  })
})
afterAll(async () => {
  await db.destroy()
  await store.close()
})

const page = { offset: 20, limit: 10 }
const readable = 'all' as const
const namespace = { in: { namespaceId: 'n' }, ...page }
const instance = { in: { instanceId: 'i', readable }, ...page }
const repository = { namespaceId: 'n', name: 'c' }
const chart = { chart: { id: 'c', version_count: 100 }, ...page }

const CUTOFFS = { touched: '2026', released: '2026' }
const lists: Record<string, () => Promise<unknown>> = {
  instances: () => listInstances(db, { readable, ...page }),
  'namespaces by name': () => listNamespaces(db, { instanceId: 'i', readable, ...page }),
  'namespaces by name, descending': () =>
    listNamespaces(db, { instanceId: 'i', readable, orderBy: 'name', order: 'desc', ...page }),
  'namespaces by creation': () =>
    listNamespaces(db, { instanceId: 'i', readable, orderBy: 'created', order: 'desc', ...page }),
  'namespaces by charts': () => listNamespaces(db, { instanceId: 'i', readable, orderBy: 'charts', ...page }),
  'names of charts': () => listChartNames(db, 'n'),
  'charts by name': () => listCharts(db, namespace),
  'charts by name, descending': () => listCharts(db, { ...namespace, orderBy: 'name', order: 'desc' }),
  'charts by versions': () => listCharts(db, { ...namespace, orderBy: 'versions', order: 'desc' }),
  'charts by creation': () => listCharts(db, { ...namespace, orderBy: 'created' }),
  'charts by update': () => listCharts(db, { ...namespace, orderBy: 'updated', order: 'desc' }),
  'charts of all namespaces by name': () => listCharts(db, instance),
  'charts of all namespaces by versions': () => listCharts(db, { ...instance, orderBy: 'versions', order: 'desc' }),
  'charts of all namespaces by creation': () => listCharts(db, { ...instance, orderBy: 'created' }),
  'charts of all namespaces by update': () => listCharts(db, { ...instance, orderBy: 'updated', order: 'desc' }),
  versions: () => listVersions(db, chart),
  'versions, ascending': () => listVersions(db, { ...chart, orderBy: 'version' }),
  'versions by creation': () => listVersions(db, { ...chart, orderBy: 'created', order: 'desc' }),
  'versions without pre-releases': () => listVersions(db, { ...chart, prerelease: false }),
  'a version': () => findVersion(db, 'c', '1.0.0'),
  'the latest stable version': () => findLatestStable(db, 'c'),
  'the latest version': () => findLatestVersion(db, 'c'),
  'some versions': () => findVersions(db, 'c', ['1.0.0', '2.0.0']),
  'a file': () => findFile(db, 'n', 'c-1.0.0.tgz'),
  'a provenance file': () => findFile(db, 'n', 'c-1.0.0.tgz.prov'),
  'charts of the index': () => listIndexedCharts(db, 'n'),
  'archives in the index': () => listIndexedArchives(db, ['c', 'd']),
  'entries of archives': () => listIndexEntries(db, ['c', 'd']),
  'an entry': () => findIndexEntry(db, 'c', '1.0.0'),
  'the latest entry': () => findLatestIndexEntry(db, 'c'),
  'all namespaces': () => listAllNamespaces(db, 'i'),
  'some namespaces': () => findNamespaces(db, 'i', ['a', 'b']),
  'the instance of a domain': () => findInstanceOfDomain(db, 'charts.example.org'),
  'the domains of an instance': () => listDomains(db, ['i']),
  statistics: () => instanceStatistics(db, 'i', 'all'),
  'statistics of some namespaces': () => instanceStatistics(db, 'i', ['n', 'o']),
  'storage of a namespace': () => instanceStorage(db, ['n']),
  'a manifest': () => findManifest(db, repository, `sha256:${'0'.repeat(64)}`),
  'a manifest by its tag': () => findTagged(db, repository, 'latest'),
  'a blob of a repository': () => findLinkedBlob(db, repository, `sha256:${'0'.repeat(64)}`),
  'the repositories of a blob': () => findRepositoriesOfBlob(db, 'i', `sha256:${'0'.repeat(64)}`, undefined),
  'tags of a repository': () => listTags(db, 'r', { after: 'a', limit: 100 }),
  'referrers of a manifest': () =>
    listReferrers(db, 'r', {
      subjects: ['a'],
      artifactType: 'b/c',
      after: '',
      limit: 9,
      longestAnnotations: 9,
      bytes: 9,
      contentBytes: 9,
    }),
  'repositories without a chart': () => countArtifactRepositories(db, 'i'),
  'repositories without a chart, in some namespaces': () => countArtifactRepositoriesIn(db, ['n', 'o']),
  'tags of some manifests': () => listTagsOfManifests(db, ['m', 'n'], 20),
  'digests of some manifests': () => findDigests(db, ['m', 'n']),
  artifacts: () => listArtifacts(db, { instanceId: 'i', readable, tags: 20, ...page }),
  'some artifacts': () => findArtifacts(db, repository, [`sha256:${'0'.repeat(64)}`]),
  'parts of some artifacts': () => listPartsOf(db, ['m', 'n']),
  'unreferenced parts': () => findUnreferenced(db, ['m', 'n']),
  'events, all': () => findAuditEvents(db, { fromId: 'a', toId: 'b' }, { limit: 100 }),
  'events, older': () => findAuditEvents(db, {}, { before: 'a', limit: 100 }),
  'events, newer': () => findAuditEvents(db, { instance: 'i' }, { after: 'a', limit: 100 }),
  'events of an instance': () => findAuditEvents(db, { instance: 'i', outcome: 'denied' }, { limit: 100 }),
  'events of a namespace': () => findAuditEvents(db, { instance: 'i', namespace: 'n' }, { before: 'a', limit: 100 }),
  'events of a chart': () =>
    findAuditEvents(db, { instance: 'i', namespace: 'n', chart: 'c', outcome: 'done' }, { limit: 100 }),
  'events of an actor': () => findAuditEvents(db, { actor: 'a' }, { limit: 100 }),
  'events of an action': () => findAuditEvents(db, { action: 'sign-in', fromId: 'a' }, { limit: 100 }),
  'garbage among manifests': () => findGarbageManifests(db, CUTOFFS, { after: 'a' }),
  'garbage among repositories': () => findGarbageRepositories(db, CUTOFFS, { after: 'a' }),
  'garbage among links': () =>
    findGarbageLinks(db, CUTOFFS, { repository_id: 'r', digest: `sha256:${'0'.repeat(64)}` }),
  'garbage among archives': () => findGarbageArchives(db, CUTOFFS, 'a'),
  'garbage among blobs': () => findGarbageBlobs(db, CUTOFFS, 'a'),
}

for (const [name, list] of Object.entries(lists)) {
  test(`${name}: uses an index without sorting`, async () => {
    const plan = await planOf(list)
    expect(plan).not.toMatch(/TEMP B-TREE/)
    // The list of all instances, of which there are few, is a scan of its index.
    if (name !== 'instances') expect(plan).not.toMatch(/SCAN/)
  })
}

test('a search in charts uses only a covering index', async () => {
  for (const scope of [namespace, instance]) {
    const plan = await planOf(() => listCharts(db, { ...scope, query: 'ngx' }))
    expect(plan.match(/USING COVERING INDEX (instance_)?charts_to_search/g)).toHaveLength(2)
    expect(plan).not.toMatch(/SCAN/)
  }
})

async function planOf(list: () => Promise<unknown>): Promise<string> {
  queries = []
  await list()
  const lines: string[] = []
  for (const { sql, parameters } of [...queries]) {
    const explained = await db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
    )
    lines.push(...explained.rows.map(({ detail }) => detail))
  }
  expect(lines).not.toEqual([])
  return lines.join('\n')
}
