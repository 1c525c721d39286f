import { execFileSync } from 'node:child_process'

/**
 * Helm binaries to test with besides those that come with the packages: `CHARTROOM_TEST_HELM` lists their paths,
 * separated by commas. By version as each of them prints it: `3.22.0`. Throws when one cannot be run.
 */
export const NEWER_HELMS: ReadonlyMap<string, string> = new Map(
  (process.env.CHARTROOM_TEST_HELM ?? '').split(',').flatMap((text) => {
    const path = text.trim()
    return path === '' ? [] : [[versionOf(path), path] as const]
  }),
)

function versionOf(path: string): string {
  const said = execFileSync(path, ['version', '--short'], { encoding: 'utf8' })
  const version = /^v(\d+\.\d+(?:\.\d+)?)/.exec(said)?.[1]
  if (version === undefined) throw new Error(`CHARTROOM_TEST_HELM: ${path} says “${said.trim()}” for its version.`)
  return version
}
