import { expect, test } from 'vitest'
import { readHelmignore } from './helmignore.ts'
import { ChartProblem } from './problem.ts'

test.each<[rules: string, ignored: string[], kept: string[]]>([
  ['', ['templates/.hidden', 'templates/.d/x.yaml'], ['.helmignore', 'a/templates/.x', 'templates/.', 'templates/x']],
  ['# *.md\n\n  *.txt  \r\n', ['a.txt', 'docs/a.txt'], ['README.md', 'a.txt.md']],
  ['\ufeff*.txt', ['a.txt'], ['a.md']],
  ['docs', ['docs', 'docs/a', 'a/docs/b', 'a/docs'], ['docs2/a', 'a.docs']],
  ['docs/', ['docs/a', 'a/docs/b'], ['docs', 'a/docs']],
  ['/docs', ['docs', 'docs/a'], ['a/docs/b']],
  ['/docs/', ['docs/a'], ['docs', 'a/docs/b']],
  ['a/*.md', ['a/b.md', 'a/c.md/d'], ['b.md', 'x/a/b.md', 'a/b/c.md']],
  ['a?c', ['abc', 'x/aéc', 'a🚀c'], ['ac', 'abbc']],
  ['[a-c]x', ['ax', 'cx'], ['dx', '[a-c]x']],
  ['[^a-c]x', ['dx', '^x'], ['ax']],
  ['[c-a]x', [], ['ax', 'bx', 'cx']],
  ['[\\]]x', [']x'], ['\\x']],
  ['\\*x', ['*x'], ['ax']],
  ['a.(b|c)+$', ['a.(b|c)+$'], ['axb', 'a.b']],
  // A negated rule ignores everything that it does not match, folders too.
  ['!*.yaml', ['README.md', 'templates/a.yaml'], ['Chart.yaml', 'values.yaml']],
  ['!docs/', ['README.md', 'a/b', 'docs/a'], []],
  ['*.md\n!README.md', ['CHANGES.md', 'README.md', 'Chart.yaml'], []],
])('rules %j ignore %j and keep %j', (rules, ignored, kept) => {
  const isIgnored = readHelmignore(rules)
  expect([...ignored, ...kept].filter(isIgnored)).toEqual(ignored)
})

test.each(['a/**/b', '[', 'a[b', '[]x]', '[-a]', '[a-]', 'a\\'])('refuses %j as helm does', (rule) => {
  expect(() => readHelmignore(`*.md\n${rule}`)).toThrow(new ChartProblem('helmignore-invalid', { rule }))
})
