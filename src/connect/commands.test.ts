import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { CLIENTS, type Client, type Way, waysOf } from './clients.ts'
import { guideFor } from './commands.ts'
import { testTarget, textOf } from './testing/test-target.ts'

describe('the address of the instance', () => {
  const second = { address: { host: 'charts.example.org:8443', instance: 'ccr-0123abcd' } }

  test('has the instance in its path at every door, but where somebody signs in', () => {
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

  test('Helm 4 gets --plain-http in every command, loopback included', () => {
    for (const { id, text } of guideFor('helm-4', 'oci', testTarget(plain)).steps)
      expect(text, id).toMatch(/ --plain-http$/)
    for (const { id, text } of guideFor('helm-4', 'oci', testTarget(local)).steps)
      expect(text, id).toMatch(/ --plain-http$/)
  })

  test.each([plain, local])('Helm 3.8 and later gets --plain-http in every command but login: %o', (changes) => {
    const { notes, steps } = guideFor('helm-3.8', 'oci', testTarget(changes))
    expect(notes).toContain('plain-http')
    for (const { id, text } of steps) {
      if (id === 'login') expect(text).not.toContain('--plain-http')
      else expect(text, id).toMatch(/ --plain-http$/)
    }
  })

  test.each(['helm-3.7', 'helm-3'] as const)('%s on its own machine goes without --plain-http', (client) => {
    for (const { id, text } of guideFor(client, 'oci', testTarget(local)).steps)
      expect(text, id).not.toContain('--plain-http')
  })

  test.each(['helm-3.7', 'helm-3'] as const)('%s has no way but on its own machine', (client) => {
    expect(guideFor(client, 'oci', testTarget(plain))).toEqual({ blocked: 'https', steps: [], notes: [] })
    expect(guideFor(client, 'oci', testTarget(local)).blocked).toBeNull()
    expect(guideFor(client, 'classic', testTarget(plain)).blocked).toBeNull()
  })

  test('Argo CD and Flux are told so in their own words, and the chart repository needs none', () => {
    expect(textOf('argo-cd', 'oci', 'secret', plain)).toContain('  insecureOCIForceHttp: "true"\n')
    expect(textOf('argo-cd', 'classic', 'secret', plain)).not.toContain('insecure')
    expect(textOf('flux', 'oci', 'deploy', plain)).toContain('  insecure: true\n')
    expect(textOf('flux', 'classic', 'deploy', plain)).toContain('  url: http://charts.internal:8080/chartrepo/team\n')
    expect(textOf('flux', 'classic', 'deploy', plain)).not.toContain('insecure')
  })
})

describe('a version with build metadata', () => {
  const built = { chart: { version: '1.2.3+build.7' } }

  test('keeps its + where helm writes the tag itself, and has _ where a tag is written out', () => {
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

  test('is sent with its + by Helm 3.7, of which the registry reads a _', () => {
    expect(textOf('helm-3.7', 'oci', 'push', built)).toBe(
      'helm push nginx-1.2.3+build.7.tgz oci://charts.example.org/team',
    )
    expect(textOf('helm-3.7', 'oci', 'pull', built)).toBe(
      'helm pull oci://charts.example.org/team/nginx --version 1.2.3+build.7',
    )
  })

  test('is encoded in an address', () => {
    expect(textOf('curl', 'classic', 'pull', built)).toBe(
      'curl --fail-with-body --user admin --output nginx-1.2.3+build.7.tgz https://charts.example.org/chartrepo/team/charts/nginx-1.2.3%2Bbuild.7.tgz',
    )
  })
})

describe('a name that OCI cannot express', () => {
  test.each(['MyChart', 'my chart', 'a.-b', 'x'.repeat(300)])('%s is not to be had by OCI', (name) => {
    for (const client of CLIENTS) {
      if (waysOf(client).includes('oci')) {
        expect(guideFor(client, 'oci', testTarget({ chart: { name } })).blocked).toBe('name')
      }
      expect(guideFor(client, 'classic', testTarget({ chart: { name } })).blocked).toBeNull()
    }
  })

  test('is a release by a name that Kubernetes takes', () => {
    expect(textOf('helm-4', 'classic', 'install', { chart: { name: 'My_Chart' } })).toBe(
      'helm install my-chart team/My_Chart --version 1.2.3',
    )
  })
})

describe('what a chart is called is nobody’s command', () => {
  const hostile = { chart: { name: `x'; $(touch /tmp/x) "\\` } }

  test('in a shell', () => {
    expect(textOf('helm-4', 'classic', 'pull', hostile)).toBe(
      `helm pull team/'x'\\''; $(touch /tmp/x) "\\' --version 1.2.3`,
    )
    expect(textOf('curl', 'classic', 'push', hostile)).toContain(
      `--form 'chart=@"x'\\''; $(touch /tmp/x) \\"\\\\-1.2.3.tgz"' https://`,
    )
  })

  test('in YAML', () => {
    expect(textOf('argo-cd', 'classic', 'deploy', hostile)).toContain(
      `    chart: ${JSON.stringify(hostile.chart.name)}\n`,
    )
  })
})

describe('before Helm 3.7', () => {
  test('a version that came by another door than OCI is not to be pulled by OCI, but may be pushed', () => {
    const { steps, notes } = guideFor('helm-3', 'oci', testTarget({ chart: { door: 'console' } }))
    expect(steps.map(({ id }) => id)).toEqual(['prepare', 'login', 'push'])
    expect(notes).toEqual(['legacy-other-door'])
  })

  test('a version whose door is not known is shown, with what may stop it', () => {
    const { steps, notes } = guideFor('helm-3', 'oci', testTarget({ chart: { door: null } }))
    expect(steps.map(({ id }) => id)).toContain('pull')
    expect(notes).toEqual(['legacy-layer'])
  })
})

test('the digest stands only where it is known and where the client takes it', () => {
  const unknown = { chart: { manifestDigest: null } }
  for (const client of ['helm-4', 'helm-3.8'] as const) {
    expect(guideFor(client, 'oci', testTarget()).steps.map(({ id }) => id)).toContain('pull-by-digest')
    expect(guideFor(client, 'oci', testTarget(unknown)).steps.map(({ id }) => id)).not.toContain('pull-by-digest')
  }
  expect(guideFor('helm-3.7', 'oci', testTarget()).steps.map(({ id }) => id)).not.toContain('pull-by-digest')
})

test('of a namespace, chart and version are to be filled in', () => {
  for (const client of CLIENTS) {
    for (const way of waysOf(client)) {
      const guide = guideFor(client, way, { ...testTarget(), chart: null })
      expect(guide.blocked).toBeNull()
      expect(guide.notes).toContain('placeholders')
    }
  }
  const of = (client: Client, way: Way, id: string) =>
    guideFor(client, way, { ...testTarget(), chart: null }).steps.find((step) => step.id === id)?.text
  expect(of('helm-4', 'oci', 'push')).toBe('helm push CHART-VERSION.tgz oci://charts.example.org/team')
  expect(of('helm-4', 'oci', 'install')).toBe(
    'helm install my-release oci://charts.example.org/team/CHART --version VERSION',
  )
  expect(of('curl', 'classic', 'pull')).toBe(
    'curl --fail-with-body --user admin --output CHART-VERSION.tgz https://charts.example.org/chartrepo/team/charts/CHART-VERSION.tgz',
  )
})

test.each(['argo-cd', 'flux'] as const)(
  'what docs/clients.md has for %s by OCI is what is handed out',
  async (client) => {
    const guide = await readFile(new URL('../../docs/clients.md', import.meta.url), 'utf8')
    for (const { text } of guideFor(client, 'oci', testTarget({ chart: { manifestDigest: null } })).steps) {
      expect(guide).toContain(text)
    }
  },
)
