import { execFileSync } from 'node:child_process'

/**
 * Additional helm binaries to test with, by the version that they print, such as `3.22.0`. `CHARTROOM_TEST_HELM`
 * contains their paths, separated by commas. Importing this file throws if one cannot be run.
 */
export const NEWER_HELMS: ReadonlyMap<string, string> = new Map(
  (process.env.CHARTROOM_TEST_HELM ?? '').split(',').flatMap((text) => {
    const path = text.trim()
    return path === '' ? [] : [[versionOf(path), path] as const]
  }),
)

function versionOf(path: string): string {
  const output = execFileSync(path, ['version', '--short'], { encoding: 'utf8' })
  const version = /^v(\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1]
  if (version === undefined)
    throw new Error(`CHARTROOM_TEST_HELM: ${path} prints an unknown version, “${output.trim()}”.`)
  return version
}
