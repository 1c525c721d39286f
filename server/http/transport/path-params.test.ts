import { expect, test } from 'vitest'
import { pathParams } from './path-params.ts'

const pattern = '/v1/charts/:chartName/versions/:chartVersion'

test.each([
  ['/v1/charts/nginx/versions/1.0.0', 'nginx', '1.0.0'],
  ['/v1/charts/nginx/versions/1.0.0+build.1', 'nginx', '1.0.0+build.1'],
  ['/v1/charts/nginx/versions/1.0.0%2Bbuild.1', 'nginx', '1.0.0+build.1'],
  ['/v1/charts/nginx/versions/1%2e0%2e0%2drc?x=/y', 'nginx', '1.0.0-rc'],
  ['/v1/charts/a%2Fb/versions/%252B#fragment', 'a/b', '%2B'],
  ['/v1/charts/%E6%B5%8B/versions/1', '测', '1'],
])('%s', (path, chartName, chartVersion) => {
  expect(pathParams(pattern, `http://charts.example.org${path}`)).toEqual({ chartName, chartVersion })
})

test.each(['%', '%zz', '%ff', '%E6%B5'])('refuses %s', (segment) => {
  expect(pathParams(pattern, `http://localhost/v1/charts/${segment}/versions/1.0.0`)).toBeNull()
})
