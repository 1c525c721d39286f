import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { DataSetBuilder, type Item } from './testing/data-set.ts'
import { INDEX, type TestDescriptor } from './testing/oci-client.ts'
import { ociWire } from './testing/oci-wire.ts'

let server: ListeningApp

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
})
afterAll(() => server.close())

const { sendWhole: send } = ociWire(() => server)

const SIGNATURE = 'application/vnd.example.signature'

async function push(repository: string, items: readonly Item[]): Promise<void> {
  for (const { text, mediaType, digest, tag } of items) {
    const to = `/v2/${repository}/manifests/${tag ?? digest}`
    const answer = await send('PUT', to, Buffer.from(text), { 'Content-Type': mediaType })
    expect(answer.status).toBe(201)
  }
}

/** Returns the referrers on each page, following the links. */
async function pagesOf(path: string): Promise<TestDescriptor[][]> {
  const pages: TestDescriptor[][] = []
  for (let next: string | undefined = path; next; ) {
    const { status, body, headers } = await send('GET', next)
    expect([status, headers['content-type']]).toEqual([200, INDEX])
    // Clients read no more than 4 MiB.
    expect(body.length).toBeLessThan(4 * 1024 * 1024)
    pages.push(JSON.parse(body.toString()).manifests)
    next = /^<(\/v2\/[^>]+)>; rel="next"$/.exec(String(headers.link ?? ''))?.[1]
  }
  return pages
}

const byDigest = (descriptors: readonly TestDescriptor[]) => descriptors.map(({ digest }) => digest).toSorted()

test('lists referrers that a client recorded under the fallback tag', async () => {
  const of = new DataSetBuilder(server, 'team/fallback')
  const subject = await of.image()
  const signature = await of.artifact(SIGNATURE)
  const entry = { ...signature, artifactType: SIGNATURE }
  const known = await of.artifact(SIGNATURE, { subject: subject.digest }, { subject })
  of.index([entry, known], { tag: subject.digest.replace(':', '-') })
  await push('team/fallback', of.items)
  const [page = [], ...more] = await pagesOf(`/v2/team/fallback/referrers/${subject.digest}`)
  expect(more).toEqual([])
  expect(page).toContainEqual(entry)
  expect(byDigest(page)).toEqual(byDigest([signature, known]))
})

test('lists many referrers in pages, each referrer once, with and without a filter by type', async () => {
  const of = new DataSetBuilder(server, 'team/many')
  const subject = await of.image()
  const annotations = { 'org.example.note': '签'.repeat(10_000) }
  const about: TestDescriptor[] = []
  for (let number = 0; number < 120; number++) {
    about.push(await of.artifact(SIGNATURE, {}, { subject, annotations }))
  }
  // Only under the fallback tag, and as large.
  const written = [await of.artifact(SIGNATURE), await of.artifact(SIGNATURE), await of.artifact('text/plain')]
  const entries = written.map((one, at) => ({ ...one, artifactType: at < 2 ? SIGNATURE : 'text/plain', annotations }))
  of.index(entries, { tag: subject.digest.replace(':', '-') })
  await push('team/many', of.items)

  const path = `/v2/team/many/referrers/${subject.digest}`
  const all = await pagesOf(path)
  expect(all.length).toBeGreaterThan(1)
  expect(byDigest(all.flat())).toEqual(byDigest([...about, ...written]))
  const some = await pagesOf(`${path}?artifactType=${encodeURIComponent(SIGNATURE)}`)
  expect(byDigest(some.flat())).toEqual(byDigest([...about, ...written.slice(0, 2)]))
})
