import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { RegistryError } from '../../registry/core/registry-error.ts'
import type { HttpEnv } from '../http-env.ts'
import { pathParams } from './path-params.ts'

const app = new Hono<HttpEnv>()
app.get('/v1/charts/:chart/versions/:version', (c) => c.json(pathParams(c)))
app.onError((error, c) => c.text(error instanceof RegistryError ? error.code : 'internal', 400))

test.each([
  ['/v1/charts/nginx/versions/1.0.0', 'nginx', '1.0.0'],
  ['/v1/charts/nginx/versions/1.0.0+build.1', 'nginx', '1.0.0+build.1'],
  ['/v1/charts/nginx/versions/1.0.0%2Bbuild.1', 'nginx', '1.0.0+build.1'],
  ['/v1/charts/nginx/versions/1%2e0%2e0%2drc?x=/y', 'nginx', '1.0.0-rc'],
  ['/v1/charts/a%2Fb/versions/%252B#fragment', 'a/b', '%2B'],
  ['/v1/charts/%2541/versions/%25', '%41', '%'],
  ['/v1/charts/%E6%B5%8B/versions/1', '测', '1'],
])('decodes %s', async (path, chart, version) => {
  expect(await (await app.request(path)).json()).toEqual({ chart, version })
})

test.each(['%', '%zz', '%ff', '%E6%B5', '%25%'])('refuses %s', async (segment) => {
  expect(await (await app.request(`/v1/charts/${segment}/versions/1.0.0`)).text()).toBe('path-malformed')
})
