import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestApp, refusalOf, type TestApp } from '../testing/open-test-app.ts'

const path = '/v1/instances'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp({ publicUrl: 'https://charts.example.org:8443' })
})
afterEach(() => server.close())

async function create(body: Record<string, unknown>): Promise<string> {
  const answer = await server.ask('POST', path, { body: { type: 'BASIC', ...body } })
  expect(answer.status).toBe(200)
  return (await answer.json()).instanceID
}

async function names(query = ''): Promise<string[]> {
  const page = await (await server.ask('GET', `${path}${query}`)).json()
  return page.instances.map(({ name }: { name: string }) => name)
}

describe('listing instances', () => {
  test('returns the default instance initially, under the key "instances"', async () => {
    expect(await (await server.ask('GET', path)).json()).toEqual({
      total: 1,
      pageNo: 1,
      pageSize: 10,
      instances: [
        {
          id: server.instance,
          name: 'default',
          instanceType: 'ADVANCED',
          status: 'running',
          region: 'bj',
          publicURL: 'charts.example.org:8443',
          privateURL: 'charts.example.org:8443',
          customDomains: [],
          createTime: expect.any(String),
          expireTime: null,
          tags: [],
        },
      ],
    })
  })

  test('filters by name, by ID, or by both', async () => {
    const id = await create({ name: 'production' })
    expect(await names('?keyword=prod')).toEqual(['production'])
    expect(await names(`?keyword=${id}`)).toEqual(['production'])
    expect(await names('?keyword=prod&keywordType=name')).toEqual(['production'])
    expect(await names('?keyword=prod&keywordType=id')).toEqual([])
    expect(await names(`?keyword=${id}&keywordType=id`)).toEqual(['production'])
    expect((await server.ask('GET', `${path}?keyword=x&keywordType=colour`)).status).toBe(400)
  })

  test('returns pages', async () => {
    await create({ name: 'staging' })
    expect(await (await server.ask('GET', `${path}?pageNo=2&pageSize=1`)).json()).toMatchObject({
      total: 2,
      pageNo: 2,
      pageSize: 1,
      instances: [{ name: 'staging' }],
    })
  })
})

describe('an instance', () => {
  test('returns its usage and quotas', async () => {
    await server.namespace('team')
    await server.publish('team', { name: 'nginx', version: '1.0.0' })
    const detail = await (await server.ask('GET', `${path}/${server.instance}`)).json()
    expect(detail).toMatchObject({
      region: 'bj',
      bucket: expect.any(String),
      info: { id: server.instance, name: 'default' },
      statistic: { namespace: 1, chart: 1, repo: 0, vpc: 0, storage: expect.any(Number) },
      quota: { namespace: 2000, chart: 50_000, repo: 50_000, vpc: 0 },
    })
    expect(detail.statistic.storage).toBeGreaterThan(0)
  })

  test('has its ID in its URL unless it is the default', async () => {
    const id = await create({ name: 'staging' })
    const detail = await (await server.ask('GET', `${path}/${id}`)).json()
    expect(detail.info.publicURL).toBe(`charts.example.org:8443/${id}`)
    expect(detail.quota).toEqual({ namespace: 100, chart: 1000, repo: 1000, vpc: 0 })
  })

  test('can be renamed', async () => {
    expect((await server.ask('PUT', `${path}/${server.instance}`, { body: { name: 'harbour' } })).status).toBe(200)
    expect(await names()).toEqual(['harbour'])
    for (const name of ['', ' ', 'x'.repeat(257), 7]) {
      expect((await server.ask('PUT', `${path}/${server.instance}`, { body: { name } })).status).toBe(400)
    }
  })

  test('has its tags replaced', async () => {
    const put = (tags: unknown) => server.ask('PUT', `${path}/${server.instance}/tags`, { body: { tags } })
    expect((await put([{ tagKey: 'team', tagValue: 'web' }])).status).toBe(200)
    const answer = await put([{ tagKey: '环境', tagValue: '' }])
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    const detail = await (await server.ask('GET', `${path}/${server.instance}`)).json()
    expect(detail.info.tags).toEqual([{ tagKey: '环境', tagValue: '' }])
    const twice = [
      { tagKey: 'a', tagValue: '1' },
      { tagKey: 'a', tagValue: '2' },
    ]
    for (const tags of [
      twice,
      [{ tagKey: '', tagValue: '' }],
      [{ tagKey: 'a b', tagValue: '' }],
      [{ tagKey: 'a' }],
      'x',
    ]) {
      expect(await refusalOf(await put(tags))).toMatchObject({ status: 400, code: 'BadRequest' })
    }
  })

  test('loses all tags if the body has none: baiducloud-go-sdk cannot send an empty list', async () => {
    const put = (body: unknown) => server.ask('PUT', `${path}/${server.instance}/tags`, { body })
    for (const body of [{}, { tags: [] }]) {
      expect((await put({ tags: [{ tagKey: 'team', tagValue: 'web' }] })).status).toBe(200)
      expect((await put(body)).status).toBe(200)
      const detail = await (await server.ask('GET', `${path}/${server.instance}`)).json()
      expect(detail.info.tags).toEqual([])
    }
  })

  test('returns 404 NotFound if unknown', async () => {
    const missing = `${path}/ccr-00000000`
    for (const answer of [
      await server.ask('GET', missing),
      await server.ask('PUT', missing, { body: { name: 'x' } }),
      await server.ask('PUT', `${missing}/tags`, { body: { tags: [] } }),
    ]) {
      expect(await refusalOf(answer)).toMatchObject({ status: 404, code: 'NotFound' })
    }
  })

  test('is not created from an invalid body', async () => {
    for (const body of [{}, { name: 'x' }, { name: 'x', type: 'GIGANTIC' }, { name: '', type: 'BASIC' }]) {
      expect(await refusalOf(await server.ask('POST', path, { body }))).toMatchObject({
        status: 400,
        code: 'BadRequest',
      })
    }
  })
})

test('instances require authentication', async () => {
  const calls: [string, string, unknown][] = [
    ['GET', path, undefined],
    ['POST', path, { name: 'x', type: 'BASIC' }],
    ['GET', `${path}/${server.instance}`, undefined],
    ['PUT', `${path}/${server.instance}`, { name: 'x' }],
    ['PUT', `${path}/${server.instance}/tags`, { tags: [] }],
  ]
  for (const [method, at, body] of calls) {
    const refusal = await refusalOf(await server.askAnonymously(method, at, { body }))
    expect(refusal, `${method} ${at}`).toMatchObject({ status: 400, code: 'SignatureEmpty' })
  }
  expect(await names()).toEqual(['default'])
})

describe('real clients', () => {
  test("the vendor's Go sample sends keywordType=clusterName with an empty keyword, which is ignored", async () => {
    expect(await names('?keywordType=clusterName&keyword=')).toEqual(['default'])
  })

  test('the newer SDKs may ask for all regions; there is only one', async () => {
    expect(await names('?acrossregion=true')).toEqual(['default'])
    expect(await names('?acrossregion=false')).toEqual(['default'])
  })

  test('the older Go SDK creates an instance with billing fields, which are ignored', async () => {
    const answer = await server.ask('POST', path, {
      body: {
        type: 'STANDARD',
        name: 'paid',
        bucket: 'my-bucket',
        paymentTiming: 'prepay',
        billing: { reservationTimeUnit: 'MONTH', reservationTime: 1, autoRenew: false },
        paymentMethod: [{ type: 'coupon', values: ['1'] }],
        tags: [{ tagKey: 'a', tagValue: 'b' }],
      },
    })
    const { instanceID, orderID } = await answer.json()
    expect(instanceID).toMatch(/^ccr-[0-9a-z]{8}$/)
    expect(orderID).toEqual(expect.any(String))
    const detail = await (await server.ask('GET', `${path}/${instanceID}`)).json()
    expect(detail).toMatchObject({ bucket: 'my-bucket', info: { instanceType: 'STANDARD', tags: [{ tagKey: 'a' }] } })
  })

  test('the newer Go SDK and the Java SDK cannot decode tags in the response to a rename, which omits them', async () => {
    const answer = await server.ask('PUT', `${path}/${server.instance}`, { body: { name: 'harbour' } })
    const renamed = await answer.json()
    expect(Object.keys(renamed).sort()).toEqual([
      'createTime',
      'expireTime',
      'id',
      'instanceType',
      'name',
      'publicURL',
      'region',
      'status',
    ])
    expect(renamed).toMatchObject({ id: server.instance, name: 'harbour' })
  })

  test('the older Go SDK parses instance times as RFC 3339 with an offset', async () => {
    const { instances } = await (await server.ask('GET', path)).json()
    expect(instances[0].createTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
    expect(Date.parse(instances[0].createTime)).toBe(Math.floor(Date.parse(server.registry.now()) / 1000) * 1000)
  })
})
