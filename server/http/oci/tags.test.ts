import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningApp, openListeningApp } from '../testing/listening-app.ts'
import { DataSetBuilder } from './testing/data-set.ts'
import { IMAGE } from './testing/oci-client.ts'
import { ociWire } from './testing/oci-wire.ts'

let server: ListeningApp

beforeAll(async () => {
  server = await openListeningApp()
  await server.namespace('team')
})
afterAll(() => server.close())

const { sendWhole: send } = ociWire(() => server)

describe('tags', () => {
  const path = '/v2/team/tagged/tags/list'

  beforeAll(async () => {
    const of = new DataSetBuilder(server, 'team/tagged')
    await of.image()
    for (const tag of ['b', 'a', 'C', '1.10', '1.9', '_x']) {
      const text = Buffer.from(of.items[0]?.text ?? '')
      await send('PUT', `/v2/team/tagged/manifests/${tag}`, text, { 'Content-Type': IMAGE })
    }
  })

  async function page(query: string): Promise<{ tags: string[]; link: string | undefined }> {
    const answer = await send('GET', query)
    return { tags: JSON.parse(answer.body.toString()).tags, link: String(answer.headers.link ?? '') || undefined }
  }

  test('are in lexical order', async () => {
    expect(await page(path)).toEqual({ tags: ['1.10', '1.9', 'C', '_x', 'a', 'b'], link: undefined })
  })

  test('are split into pages with relative links', async () => {
    const seen: string[][] = []
    for (let next: string | undefined = `${path}?n=4`; next; ) {
      const { tags, link } = await page(next)
      seen.push(tags)
      next = /^<(\/v2\/[^>]+)>; rel="next"$/.exec(link ?? '')?.[1]
    }
    expect(seen).toEqual([
      ['1.10', '1.9', 'C', '_x'],
      ['a', 'b'],
    ])
  })

  test('begin after a last that does not exist', async () => {
    expect(await page(`${path}?last=Z`)).toEqual({ tags: ['_x', 'a', 'b'], link: undefined })
  })

  test('are empty for n=0', async () => {
    expect(await page(`${path}?n=0`)).toEqual({ tags: [], link: undefined })
  })

  test('return 400 for a negative n', async () => {
    expect((await send('GET', `${path}?n=-1`)).status).toBe(400)
  })
})
