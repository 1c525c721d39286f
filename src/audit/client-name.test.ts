import { expect, test } from 'vitest'
import { clientName } from './client-name.ts'

const WEBKIT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  ['Helm/3.14.0', 'Helm 3.14.0'],
  ['helm/v4.0.0', 'helm v4.0.0'],
  ['oras/1.2.0 (linux/amd64)', 'oras 1.2.0'],
  ['containers/5.30.1 (github.com/containers/image)', 'containers 5.30.1'],
  ['curl/8.5.0', 'curl 8.5.0'],
  ['Go-http-client/1.1', 'Go-http-client 1.1'],
  ['node', 'node'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140'],
  [`${WEBKIT} Chrome/138.0.0.0 Safari/537.36`, 'Chrome 138'],
  [`${WEBKIT} HeadlessChrome/138.0.0.0 Safari/537.36`, 'Chrome 138'],
  [`${WEBKIT} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0`, 'Edge 138'],
  ['Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15', 'Safari 18'],
  ['Mozilla/5.0 (something else)', 'Mozilla 5.0'],
  ['', ''],
])('shortens %s to %s', (userAgent, name) => {
  expect(clientName(userAgent)).toBe(name)
})
