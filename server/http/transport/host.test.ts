import { expect, test } from 'vitest'
import { isHost } from './host.ts'

test.each([
  ...['localhost', 'localhost:8080', 'charts.example.org', 'CHARTS.Example.org:443', 'charts.example.org.', 'a'],
  ...['chart_room:8080', '_x.example.org', 'xn--fiqs8s.example.org', 'my-registry-1', '1a.example.org'],
  ...['127.0.0.1', '192.0.2.7:65535', '[::1]', '[2001:db8::7]:8080', '[::ffff:192.0.2.7]:80'],
  `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(61)}`,
])('takes %s', (text) => {
  expect(isHost(text)).toBe(true)
})

test.each([
  ...['', ' ', '.', '..', 'a..b', '.a', '-a', 'a-', 'a.-b', 'a b', 'a\tb', 'a,b', 'a/b', 'a\\b', 'a?b', 'a#b', 'a@b'],
  ...[
    'a"',
    "a'",
    'a%2f',
    'a%',
    'ü',
    '\xfc',
    '图表',
    'a\u00ad',
    'a\u3002b',
    'a|b',
    'a<b',
    'a{b',
    'a;b',
    'a=b',
    'a*',
    'a!',
  ],
  ...['a:', ':80', 'a:b', 'a:80:80', 'a:65536', 'a:-1', 'a:080808', 'a:80/', 'http://a', 'user:pass@a:80'],
  ...['256.0.0.1', '1.2.3', '1', '127.1', '0x7f.1', '127.0.0.0x1', '0177.0.0.1.', '127.0.0.1.', '01.02.03.04'],
  ...['::1', '[::1', '::1]', '[]', '[::1]a', '[::1]:', '[fe80::1%eth0]', '[v1.a]', '[127.0.0.1]', '[::1]/x', '[g::1]'],
  ...[`${'a'.repeat(64)}.org`, 'a.'.repeat(128)],
])('refuses “%s”', (text) => {
  expect(isHost(text)).toBe(false)
})
