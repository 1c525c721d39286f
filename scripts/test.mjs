// `npm test`: runs all checks from a fresh clone, or only the stages given as arguments.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './build.mjs'
import { chromium } from './chromium.mjs'
import { programOfDebian } from './debian.mjs'
import { command, fail, install, run, runtimeNode } from './toolbox.mjs'

install('all')
const node = runtimeNode()
const reports = mkdtempSync(join(tmpdir(), 'chartroom-test-'))

/** Stages by name. Each returns the numbers of passed and failed checks. */
const stages = {
  types: () => check([command('typescript'), '--noEmit']),
  lint: () =>
    check(
      [command('@biomejs/biome'), 'check', '--error-on-warnings', '.'],
      [join('scripts', 'class-names.ts')],
      [join('scripts', 'word-check.ts')],
      [command('knip')],
    ),
  unit: () => {
    const file = join(reports, 'vitest.json')
    const programs = {}
    for (const [variable, names] of Object.entries({
      CHARTROOM_SKOPEO: ['skopeo'],
      CHARTROOM_CURL: ['curl', 'openssl'],
    })) {
      const [path, ...others] = names.map(programOfDebian)
      if (path && others.every(Boolean)) programs[variable] = path
      else console.log(`Skipped tests that need ${names.join(' and ')}: not installed.`)
    }
    const args = [command('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = run(node, args, programs)
    return tally(code, file, ({ numPassedTests, numFailedTests }) => [numPassedTests, numFailedTests])
  },
  e2e: () => {
    buildIfStale(node)
    const file = join(reports, 'playwright.json')
    const more = { CHARTROOM_CHROMIUM: chromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: file }
    const code = run(node, [command('@playwright/test'), 'test', '--reporter=list,json'], more)
    return tally(code, file, ({ stats }) => [stats.expected, stats.unexpected + stats.flaky])
  },
}

function check(...commands) {
  const failed = commands.filter((args) => run(node, args) !== 0).length
  return [commands.length - failed, failed]
}

/** Reads the counts from a report. A runner that ran no tests, or failed outside of them, counts as one failure. */
function tally(code, file, read) {
  let counts
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return [0, 1]
  }
  const [passed, failed] = counts
  return [passed, failed === 0 && (code !== 0 || passed === 0) ? 1 : failed]
}

const chosen = process.argv.slice(2)
const unknown = chosen.find((name) => !(name in stages))
if (unknown) fail(`Unknown stage "${unknown}". Stages: ${Object.keys(stages).join(', ')}.`)

let passed = 0
let failed = 0
for (const [name, stage] of Object.entries(stages)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`\n── ${name}`)
  const [good, bad] = stage()
  passed += good
  failed += bad
}
rmSync(reports, { recursive: true, force: true })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
