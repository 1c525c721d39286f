import { expect, test } from 'vitest'
import { isLoopback, registryAddress, repositoryUrl, resourceName, shellWord } from './target.ts'

test('parses the address of an instance', () => {
  expect(registryAddress('https://charts.example.org', 'charts.example.org')).toEqual({
    scheme: 'https',
    host: 'charts.example.org',
    instance: '',
  })
  expect(registryAddress('http://localhost:8080', 'localhost:8080/ccr-0123abcd')).toEqual({
    scheme: 'http',
    host: 'localhost:8080',
    instance: 'ccr-0123abcd',
  })
})

test('an empty namespace gives the chart repository of all namespaces', () => {
  const address = registryAddress('https://charts.example.org', 'charts.example.org/ccr-0123abcd')
  expect(repositoryUrl(address, '')).toBe('https://charts.example.org/ccr-0123abcd/chartrepo')
})

test.each([
  ['localhost', true],
  ['127.0.0.1:8080', true],
  ['localhost.example.org', false],
  ['charts.example.org', false],
])('isLoopback of %s is %s', (host, expected) => {
  expect(isLoopback({ scheme: 'http', host, instance: '' })).toBe(expected)
})

test.each([
  ['nginx', 'nginx'],
  ['My_Chart', 'my-chart'],
  ['-x-', 'x'],
  ['图表', 'release'],
  [`${'a'.repeat(52)}-b`, 'a'.repeat(52)],
])('the Kubernetes name for %s is %s', (name, expected) => {
  expect(resourceName(name)).toBe(expected)
})

test.each([
  ['nginx-1.2.3+b.tgz', 'nginx-1.2.3+b.tgz'],
  ['', "''"],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['$HOME', "'$HOME'"],
])('quotes %s as one shell word', (text, expected) => {
  expect(shellWord(text)).toBe(expected)
})
