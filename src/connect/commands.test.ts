import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { CLIENTS, type Client, type ClientProtocol, protocolsOf } from './clients.ts'
import { guideFor } from './commands.ts'
import { testTarget, textOf } from './testing/test-target.ts'

describe('the address of the instance', () => {
  const second = { address: { host: 'charts.example.org:8443', instance: 'ccr-0123abcd' } }

  test('contains the instance ID for every client, except for signing in', () => {
    expect(textOf('helm-4', 'oci', 'login', second)).toBe(
      'helm registry login charts.example.org:8443 --username admin',
    )
    expect(textOf('helm-4', 'oci', 'push', second)).toBe(
      'helm push nginx-1.2.3.tgz oci://charts.example.org:8443/ccr-0123abcd/team',
    )
    expect(textOf('helm-3', 'oci', 'push', second)).toContain(
      'helm chart push charts.example.org:8443/ccr-0123abcd/team/nginx:1.2.3',
    )
    expect(textOf('helm-2', 'classic', 'repository', second)).toBe(
      'helm repo add team https://charts.example.org:8443/ccr-0123abcd/chartrepo/team --username admin',
    )
    expect(textOf('curl', 'classic', 'push', second)).toContain(
      ' https://charts.example.org:8443/api/ccr-0123abcd/chartrepo/team/charts',
    )
    expect(textOf('argo-cd', 'oci', 'deploy', second)).toContain('repoURL: charts.example.org:8443/ccr-0123abcd/team\n')
  })
})

describe('over plain http', () => {
  const plain = { address: { scheme: 'http', host: 'charts.internal:8080' } } as const
  const local = { address: { scheme: 'http', host: 'localhost:8080' } } as const

  test('every command of Helm 4 gets --plain-http, on loopback too', () => {
    for (const { id, text } of guideFor('helm-4', 'oci', testTarget(plain)).steps)
      expect(text, id).toMatch(/ --plain-http$/)
    for (const { id, text } of guideFor('helm-4', 'oci', testTarget(local)).steps)
      expect(text, id).toMatch(/ --plain-http$/)
  })

  test.each([plain, local])('every command of Helm 3.8 and later except login gets --plain-http: %o', (changes) => {
    const { notes, steps } = guideFor('helm-3.8', 'oci', testTarget(changes))
    expect(notes).toContain('plain-http')
    for (const { id, text } of steps) {
      if (id === 'login') expect(text).not.toContain('--plain-http')
      else expect(text, id).toMatch(/ --plain-http$/)
    }
  })

  test.each(['helm-3.7', 'helm-3'] as const)('%s on loopback gets no --plain-http', (client) => {
    for (const { id, text } of guideFor(client, 'oci', testTarget(local)).steps)
      expect(text, id).not.toContain('--plain-http')
  })

  test.each(['helm-3.7', 'helm-3'] as const)('%s over OCI is blocked, except on loopback', (client) => {
    expect(guideFor(client, 'oci', testTarget(plain))).toEqual({ blocked: 'https', steps: [], notes: [] })
    expect(guideFor(client, 'oci', testTarget(local)).blocked).toBeNull()
    expect(guideFor(client, 'classic', testTarget(plain)).blocked).toBeNull()
  })

  test('Argo CD and Flux over OCI get their own options for it; the chart repository needs none', () => {
    expect(textOf('argo-cd', 'oci', 'secret', plain)).toContain('  insecureOCIForceHttp: "true"\n')
    expect(textOf('argo-cd', 'classic', 'secret', plain)).not.toContain('insecure')
    expect(textOf('flux', 'oci', 'deploy', plain)).toContain('  insecure: true\n')
    expect(textOf('flux', 'classic', 'deploy', plain)).toContain('  url: http://charts.internal:8080/chartrepo/team\n')
    expect(textOf('flux', 'classic', 'deploy', plain)).not.toContain('insecure')
  })
})

describe('a version with build metadata', () => {
  const built = { chart: { version: '1.2.3+build.7' } }

  test('keeps its + where the client derives the tag, and has _ where the command names the tag', () => {
    expect(textOf('helm-4', 'oci', 'pull', built)).toBe(
      'helm pull oci://charts.example.org/team/nginx --version 1.2.3+build.7',
    )
    expect(textOf('helm-3', 'oci', 'pull', built)).toBe(
      [
        'helm chart pull charts.example.org/team/nginx:1.2.3_build.7',
        'helm chart export charts.example.org/team/nginx:1.2.3_build.7',
      ].join('\n'),
    )
    const tagged = { chart: { ...built.chart, manifestDigest: null } }
    expect(textOf('flux', 'oci', 'deploy', tagged)).toContain('  ref:\n    tag: "1.2.3_build.7"\n')
    expect(textOf('argo-cd', 'oci', 'deploy', built)).toContain('targetRevision: "1.2.3+build.7"\n')
    for (const client of ['helm-4', 'helm-3.8', 'helm-3.7', 'helm-3'] as const) {
      expect(guideFor(client, 'oci', testTarget(built)).notes).toContain('plus')
    }
  })

  test('keeps its + with Helm 3.7, which sends it unchanged; the registry reads it as _', () => {
    expect(textOf('helm-3.7', 'oci', 'push', built)).toBe(
      'helm push nginx-1.2.3+build.7.tgz oci://charts.example.org/team',
    )
    expect(textOf('helm-3.7', 'oci', 'pull', built)).toBe(
      'helm pull oci://charts.example.org/team/nginx --version 1.2.3+build.7',
    )
  })

  test('is percent-encoded in a URL', () => {
    expect(textOf('curl', 'classic', 'pull', built)).toBe(
      'curl --fail-with-body --user admin --output nginx-1.2.3+build.7.tgz https://charts.example.org/chartrepo/team/charts/nginx-1.2.3%2Bbuild.7.tgz',
    )
  })
})

describe('a name that OCI cannot express', () => {
  test.each(['MyChart', 'my chart', 'a.-b', 'x'.repeat(300)])('%s is blocked over OCI only', (name) => {
    for (const client of CLIENTS) {
      if (protocolsOf(client).includes('oci')) {
        expect(guideFor(client, 'oci', testTarget({ chart: { name } })).blocked).toBe('name')
      }
      expect(guideFor(client, 'classic', testTarget({ chart: { name } })).blocked).toBeNull()
    }
  })

  test('gets a release name that is valid in Kubernetes', () => {
    expect(textOf('helm-4', 'classic', 'install', { chart: { name: 'My_Chart' } })).toBe(
      'helm install my-chart team/My_Chart --version 1.2.3',
    )
  })
})

describe('a hostile chart name', () => {
  const hostile = { chart: { name: `x'; $(touch /tmp/x) "\\` } }

  test('is quoted in shell commands', () => {
    expect(textOf('helm-4', 'classic', 'pull', hostile)).toBe(
      `helm pull team/'x'\\''; $(touch /tmp/x) "\\' --version 1.2.3`,
    )
    expect(textOf('curl', 'classic', 'push', hostile)).toContain(
      `--form 'chart=@"x'\\''; $(touch /tmp/x) \\"\\\\-1.2.3.tgz"' https://`,
    )
  })

  test('is quoted in YAML', () => {
    expect(textOf('argo-cd', 'classic', 'deploy', hostile)).toContain(
      `    chart: ${JSON.stringify(hostile.chart.name)}\n`,
    )
  })
})

describe('Helm before 3.7', () => {
  test('gets no pull command for a version that was not pushed over OCI', () => {
    const { steps, notes } = guideFor('helm-3', 'oci', testTarget({ chart: { protocol: 'console' } }))
    expect(steps.map(({ id }) => id)).toEqual(['prepare', 'login', 'push'])
    expect(notes).toEqual(['legacy-other-protocol'])
  })

  test('gets the pull command and a note about its limits if the version’s protocol is unknown', () => {
    const { steps, notes } = guideFor('helm-3', 'oci', testTarget({ chart: { protocol: null } }))
    expect(steps.map(({ id }) => id)).toContain('pull')
    expect(notes).toEqual(['legacy-layer'])
  })
})

test('offers a pull by digest only if the digest is known and the client supports it', () => {
  const unknown = { chart: { manifestDigest: null } }
  for (const client of ['helm-4', 'helm-3.8'] as const) {
    expect(guideFor(client, 'oci', testTarget()).steps.map(({ id }) => id)).toContain('pull-by-digest')
    expect(guideFor(client, 'oci', testTarget(unknown)).steps.map(({ id }) => id)).not.toContain('pull-by-digest')
  }
  expect(guideFor('helm-3.7', 'oci', testTarget()).steps.map(({ id }) => id)).not.toContain('pull-by-digest')
})

test('has placeholders for chart and version if only the namespace is given', () => {
  for (const client of CLIENTS) {
    for (const protocol of protocolsOf(client)) {
      const guide = guideFor(client, protocol, { ...testTarget(), chart: null })
      expect(guide.blocked).toBeNull()
      expect(guide.notes).toContain('placeholders')
    }
  }
  const placeholderText = (client: Client, protocol: ClientProtocol, id: string) =>
    guideFor(client, protocol, { ...testTarget(), chart: null }).steps.find((step) => step.id === id)?.text
  expect(placeholderText('helm-4', 'oci', 'push')).toBe('helm push CHART-VERSION.tgz oci://charts.example.org/team')
  expect(placeholderText('helm-4', 'oci', 'install')).toBe(
    'helm install my-release oci://charts.example.org/team/CHART --version VERSION',
  )
  expect(placeholderText('curl', 'classic', 'pull')).toBe(
    'curl --fail-with-body --user admin --output CHART-VERSION.tgz https://charts.example.org/chartrepo/team/charts/CHART-VERSION.tgz',
  )
})

test.each(['argo-cd', 'flux'] as const)('the guide for %s over OCI equals docs/clients.md', async (client) => {
  const guide = await readFile(new URL('../../docs/clients.md', import.meta.url), 'utf8')
  for (const { text } of guideFor(client, 'oci', testTarget({ chart: { manifestDigest: null } })).steps) {
    expect(guide).toContain(text)
  }
})
