import { execFile, execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { makeChart } from '../chart/testing/make-chart.ts'
import { ADMIN } from './server.ts'
import { test } from './test.ts'

/**
 * Runs every command that How to connect, README and the client guide show for the newest Helm in a shell, with the
 * binaries that `CHARTROOM_TEST_HELM` names: 3.18 or later, separated by commas.
 */
const HELMS = (process.env.CHARTROOM_TEST_HELM ?? '').split(',').filter(Boolean)

/** Opens a shell with a helm, a separate home folder, and the packages that the commands use. */
async function openShell(helm: string) {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-printed-'))
  await mkdir(join(folder, 'bin'))
  await symlink(helm, join(folder, 'bin', 'helm'))
  const home = (kind: string) => join(folder, 'home', kind)
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    HOME: join(folder, 'home'),
    HELM_CACHE_HOME: home('cache'),
    HELM_CONFIG_HOME: home('config'),
    HELM_DATA_HOME: home('data'),
  }
  return {
    folder,
    /** Runs a command, types the password when prompted, and installs nothing. */
    type: (line: string) =>
      new Promise<{ line: string; code: number; said: string }>((resolve) => {
        const typed = line
          .replace(/^(helm (registry login|repo add) .*?)( --password …)?$/, '$1 --password-stdin')
          .replace(/^(helm install .*)$/, '$1 --dry-run=client')
          .replace(/^(curl .*--user) admin\b/, `$1 'admin:${ADMIN.password}'`)
        const child = execFile('bash', ['-c', typed], { cwd: folder, env }, (error, stdout, stderr) =>
          resolve({ line: typed, code: Number(error?.code ?? 0), said: stdout + stderr }),
        )
        child.stdin?.end(ADMIN.password)
      }),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Expects that a command succeeded; of an installation, everything up to the cluster. */
function expectDone({ line, code, said }: { line: string; code: number; said: string }): void {
  if (line.startsWith('helm install ') && said.includes('Kubernetes cluster unreachable')) return
  expect(code, `${line}: ${said}`).toBe(0)
}

/** Returns the text of the code blocks of a Markdown file. */
function blocksOf(markdown: string): string {
  return Array.from(markdown.matchAll(/^ *```\w*\n(.*?)^ *```$/gms), ([, block]) => block).join('\n')
}

/** Returns the commands of a text, without prompts and comments. */
function commandsOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/^\$ /, '').replace(/\s+# .*$/, ''))
  return lines.filter((line) => /^(helm|curl) \S+ \S/.test(line.trim())).map((line) => line.trim())
}

for (const helm of HELMS) {
  const version = execFileSync(helm, ['version', '--short'], { encoding: 'utf8' }).trim()
  const client = version.startsWith('v4') ? 'helm-4' : 'helm-3.8'

  test(`helm ${version} runs the commands of README, the client guide and How to connect`, async ({
    page,
    signedIn,
    instance,
    server,
  }) => {
    const { host } = new URL(server.url)
    const shell = await openShell(helm)
    await signedIn.createNamespace(instance.id, 'team')
    for (const chart of [
      { name: 'nginx', version: '1.2.3' },
      { name: 'app', version: '1.2.3+build.7' },
    ]) {
      const { fileName, bytes } = await makeChart(chart)
      await writeFile(join(shell.folder, fileName), bytes)
    }
    await mkdir(join(shell.folder, 'site'))
    const dependency = `dependencies:\n- name: app\n  version: 1.x.x\n  repository: oci://${host}/${instance.id}/team\n`
    await writeFile(
      join(shell.folder, 'site', 'Chart.yaml'),
      `apiVersion: v2\nname: site\nversion: 1.0.0\n${dependency}`,
    )

    const guide = await readFile('docs/clients.md', 'utf8')
    const ofGuide = guide.slice(guide.indexOf('## Helm 3.18'), guide.indexOf('## Helm 3.7'))
    let digest = ''
    for (const line of commandsOf(blocksOf((await readFile('README.md', 'utf8')) + ofGuide))) {
      // README's curl commands use the management API of another server.
      if (line.startsWith('curl')) continue
      const run = await shell.type(
        line
          .replaceAll(/(oci|http):\/\/localhost:8080/g, `$1://${host}/${instance.id}`)
          .replaceAll('localhost:8080', host)
          .replace(/sha256:[0-9a-f]{64}/, digest),
      )
      expectDone(run)
      digest = /^Digest: (\S+)$/m.exec(run.said)?.[1] ?? digest
    }

    for (const way of ['oci', 'classic']) {
      const address = `/instances/${instance.id}/namespaces/team/charts/nginx/versions`
      await page.goto(`${address}?connect=${client}&by=${way}`)
      const panel = page.getByRole('dialog', { name: 'How to connect to team / nginx 1.2.3' })
      await expect(panel.getByText(way === 'oci' ? '@sha256:' : 'helm repo update').first()).toBeVisible()
      const lines = commandsOf(await panel.innerText())
      expect(lines.length).toBeGreaterThanOrEqual(5)
      for (const line of lines) expectDone(await shell.type(line))
    }
    await shell.close()
  })
}
