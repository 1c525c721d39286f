import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { classNameProblems } from './class-names.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartroom-classes-'))
  mkdirSync(join(folder, 'ui'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const write = (file: string, text: string) => writeFileSync(join(folder, file), text)

test('accepts modules whose classes are all used, nested in at-rules and compound selectors too', () => {
  write(
    'ui/Row.module.css',
    '.row:hover > .cell { color: red }\n@container (width < 40rem) { .card { margin: 0.5em } }',
  )
  write('ui/Row.tsx', "import styles from './Row.module.css'\nclsx(styles.row, styles.cell, wide && styles.card)\n")
  expect(classNameProblems(folder)).toEqual([])
})

test('reports a class that the module does not have, and one that is used nowhere', () => {
  write('ui/Row.module.css', '.row { color: red }\n.lost { color: blue }')
  write('Page.tsx', "import rowStyles from './ui/Row.module.css'\nclsx(rowStyles.row, rowStyles.typo)\n")
  expect(classNameProblems(folder)).toEqual([
    'Page.tsx: ui/Row.module.css has no .typo',
    'ui/Row.module.css: .lost is not used',
  ])
})

test('takes a computed name for a use of every class', () => {
  write('ui/Row.module.css', '.good { color: green }\n.bad { color: red }')
  write('ui/Row.tsx', "import styles from './Row.module.css'\nclsx(styles[tone])\n")
  expect(classNameProblems(folder)).toEqual([])
})

test('reports a style sheet that is no module, unless it is meant to be global', () => {
  write('base.css', 'body { margin: 0 }')
  expect(classNameProblems(folder)).toEqual(['base.css: not a CSS module'])
  expect(classNameProblems(folder, ['base.css'])).toEqual([])
})
