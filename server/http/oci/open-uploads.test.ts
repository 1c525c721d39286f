import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { collectGarbage } from '../../registry/garbage/collect-garbage.ts'
import { OPEN_UPLOADS } from '../../registry/oci/open-uploads.ts'
import { beginUpload } from '../../registry/oci/uploads.ts'
import { basic, MEMBER_PASSWORD, openTestApp, type TestApp } from '../testing/open-test-app.ts'
import { sha256 } from './testing/oci-client.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  await server.namespace('team')
  await server.member('ann', [{ instanceId: server.instance, namespace: 'team', role: 'developer' }])
})
afterEach(() => server.close())

const UPLOADS = '/v2/team/app/blobs/uploads/'
const ann = { Authorization: basic('ann', MEMBER_PASSWORD) }
const begin = (headers: Record<string, string> = {}) => server.askAsHelm('POST', UPLOADS, { headers })
const files = async () => (await readdir(`${server.folder}/blobs/uploads`)).length

/** Begins uploads, 50 at a time, until there are this many or one is rejected; returns their locations. */
async function beginMany(count: number): Promise<string[]> {
  const locations: string[] = []
  while (locations.length < count) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => begin()))
    for (const answer of answers) {
      if (answer.status === 202) locations.push(answer.headers.get('location') ?? '')
      else expect(answer.status).toBe(429)
    }
    if (answers.some(({ status }) => status === 429)) break
  }
  return locations
}

test('limits the open uploads of one caller; other callers continue, and each finished upload frees a slot', async () => {
  const locations = await beginMany(OPEN_UPLOADS.ofOne + 50)
  expect(locations).toHaveLength(OPEN_UPLOADS.ofOne)
  expect(await files()).toBe(OPEN_UPLOADS.ofOne)
  const refused = await begin()
  expect(refused.status).toBe(429)
  expect(await refused.json()).toEqual({
    errors: [
      {
        code: 'TOOMANYREQUESTS',
        message: expect.stringMatching(/^You have 500 unfinished uploads\. Finish or cancel some/),
      },
    ],
  })
  const monolithic = await server.askAsHelm('POST', `${UPLOADS}?digest=${sha256('x')}`, { body: 'x' })
  expect(monolithic.status).toBe(429)
  expect((await begin(ann)).status).toBe(202)

  const [cancelled = '', finished = '', wrong = ''] = locations
  const ends: readonly (() => Promise<Response>)[] = [
    () => server.askAsHelm('DELETE', cancelled),
    () => server.askAsHelm('PUT', `${finished}?digest=${sha256('x')}`, { body: 'x' }),
    () => server.askAsHelm('PUT', `${wrong}?digest=${sha256('y')}`, { body: 'x' }),
  ]
  for (const [index, end] of ends.entries()) {
    expect((await end()).status).toBe([204, 201, 400][index])
    expect([(await begin()).status, (await begin()).status]).toEqual([202, 429])
  }
})

test('completed uploads do not count as open', async () => {
  for (let index = 0; index < OPEN_UPLOADS.ofOne + 10; index++) {
    const text = `blob ${index % 3}`
    const answer = await server.askAsHelm('POST', `${UPLOADS}?digest=${sha256(text)}`, { body: text })
    expect(answer.status).toBe(201)
  }
  expect(await files()).toBe(0)
})

test('expired uploads do not count after garbage collection', async () => {
  await beginMany(OPEN_UPLOADS.ofOne)
  expect((await begin()).status).toBe(429)
  await collectGarbage(server.registry)
  expect((await begin()).status).toBe(429)
  server.pass(24 * 60 * 60 * 1000)
  await collectGarbage(server.registry)
  expect((await begin()).status).toBe(202)
})

test('limits the open uploads of all callers together', async () => {
  const callers = OPEN_UPLOADS.ofAll / OPEN_UPLOADS.ofOne
  for (let caller = 0; caller < callers; caller++) {
    const of = { ...server.call, caller: { ...server.call.caller, id: `caller ${caller}` } }
    for (let index = 0; index < OPEN_UPLOADS.ofOne; index++) await beginUpload(server.registry, of)
  }
  const refused = await begin(ann)
  expect(refused.status).toBe(429)
  expect((await refused.json()).errors[0].message).toContain('Try again later')
})
