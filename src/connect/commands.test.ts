import { describe, expect, test } from 'vitest'
import { CLIENTS, type Client, type Way, waysOf } from './clients.ts'
import { guideFor } from './commands.ts'
import type { Guide, NoteId } from './guide.ts'
import type { RegistryAddress, Target, TargetChart } from './target.ts'

const HEX = 'ab'.repeat(32)

/** Every text of every client, as it is copied: for version 1.2.3 of nginx in team, which came by OCI. */
const expected: Record<string, { notes: NoteId[]; steps: Record<string, string> }> = {
  'helm-4 oci': {
    notes: ['provenance-beside'],
    steps: {
      login: 'helm registry login charts.example.org --username admin',
      push: 'helm push nginx-1.2.3.tgz oci://charts.example.org/team',
      pull: 'helm pull oci://charts.example.org/team/nginx --version 1.2.3',
      'pull-by-digest': `helm pull oci://charts.example.org/team/nginx@sha256:${HEX}`,
      install: 'helm install nginx oci://charts.example.org/team/nginx --version 1.2.3',
    },
  },
  'helm-4 classic': {
    notes: ['push-by-curl'],
    steps: {
      repository: 'helm repo add team https://charts.example.org/chartrepo/team --username admin',
      push: 'curl --fail-with-body --user admin --form chart=@nginx-1.2.3.tgz https://charts.example.org/api/chartrepo/team/charts',
      search: `helm repo update team
helm search repo team/ --versions`,
      pull: 'helm pull team/nginx --version 1.2.3',
      install: 'helm install nginx team/nginx --version 1.2.3',
    },
  },
  'helm-3.8 oci': {
    notes: ['digest-since', 'provenance-beside'],
    steps: {
      login: 'helm registry login charts.example.org --username admin',
      push: 'helm push nginx-1.2.3.tgz oci://charts.example.org/team',
      pull: 'helm pull oci://charts.example.org/team/nginx --version 1.2.3',
      'pull-by-digest': `helm pull oci://charts.example.org/team/nginx@sha256:${HEX}`,
      install: 'helm install nginx oci://charts.example.org/team/nginx --version 1.2.3',
    },
  },
  'helm-3.8 classic': {
    notes: ['push-by-curl'],
    steps: {
      repository: 'helm repo add team https://charts.example.org/chartrepo/team --username admin',
      push: 'curl --fail-with-body --user admin --form chart=@nginx-1.2.3.tgz https://charts.example.org/api/chartrepo/team/charts',
      search: `helm repo update team
helm search repo team/ --versions`,
      pull: 'helm pull team/nginx --version 1.2.3',
      install: 'helm install nginx team/nginx --version 1.2.3',
    },
  },
  'helm-3.7 oci': {
    notes: ['provenance-beside'],
    steps: {
      prepare: 'export HELM_EXPERIMENTAL_OCI=1',
      login: 'helm registry login charts.example.org --username admin',
      push: 'helm push nginx-1.2.3.tgz oci://charts.example.org/team',
      pull: 'helm pull oci://charts.example.org/team/nginx --version 1.2.3',
      install: 'helm install nginx oci://charts.example.org/team/nginx --version 1.2.3',
    },
  },
  'helm-3.7 classic': {
    notes: ['push-by-curl'],
    steps: {
      repository: 'helm repo add team https://charts.example.org/chartrepo/team --username admin',
      push: 'curl --fail-with-body --user admin --form chart=@nginx-1.2.3.tgz https://charts.example.org/api/chartrepo/team/charts',
      search: `helm repo update
helm search repo team/ --versions`,
      pull: 'helm pull team/nginx --version 1.2.3',
      install: 'helm install nginx team/nginx --version 1.2.3',
    },
  },
  'helm-3 oci': {
    notes: ['legacy-layer'],
    steps: {
      prepare: 'export HELM_EXPERIMENTAL_OCI=1',
      login: 'helm registry login charts.example.org --username admin',
      push: `helm chart save ./nginx charts.example.org/team/nginx:1.2.3
helm chart push charts.example.org/team/nginx:1.2.3`,
      pull: `helm chart pull charts.example.org/team/nginx:1.2.3
helm chart export charts.example.org/team/nginx:1.2.3`,
      install: 'helm install nginx ./nginx',
    },
  },
  'helm-3 classic': {
    notes: ['push-by-curl'],
    steps: {
      repository: 'helm repo add team https://charts.example.org/chartrepo/team --username admin',
      push: 'curl --fail-with-body --user admin --form chart=@nginx-1.2.3.tgz https://charts.example.org/api/chartrepo/team/charts',
      search: `helm repo update
helm search repo team/ --versions`,
      pull: 'helm pull team/nginx --version 1.2.3',
      install: 'helm install nginx team/nginx --version 1.2.3',
    },
  },
  'helm-2 classic': {
    notes: ['repackages', 'helm-2-charts'],
    steps: {
      plugin: 'helm plugin install https://github.com/chartmuseum/helm-push --version 0.9.0',
      repository: 'helm repo add team https://charts.example.org/chartrepo/team --username admin',
      push: 'helm push nginx-1.2.3.tgz team',
      search: `helm repo update
helm search team/ --versions`,
      pull: 'helm fetch team/nginx --version 1.2.3',
      install: 'helm install team/nginx --name nginx --version 1.2.3',
    },
  },
  'cm-push classic': {
    notes: ['repackages', 'plugin-helm-4'],
    steps: {
      plugin: 'helm plugin install https://github.com/chartmuseum/helm-push',
      repository: 'helm repo add team https://charts.example.org/chartrepo/team --username admin',
      push: 'helm cm-push nginx-1.2.3.tgz team',
      search: `helm repo update
helm search repo team/ --versions`,
      pull: 'helm pull team/nginx --version 1.2.3',
      install: 'helm install nginx team/nginx --version 1.2.3',
    },
  },
  'curl classic': {
    notes: [],
    steps: {
      push: 'curl --fail-with-body --user admin --form chart=@nginx-1.2.3.tgz https://charts.example.org/api/chartrepo/team/charts',
      search: 'curl --fail-with-body --user admin https://charts.example.org/chartrepo/team/index.yaml',
      pull: 'curl --fail-with-body --user admin --output nginx-1.2.3.tgz https://charts.example.org/chartrepo/team/charts/nginx-1.2.3.tgz',
      install: 'helm install nginx ./nginx-1.2.3.tgz',
    },
  },
  'argo-cd oci': {
    notes: ['password'],
    steps: {
      secret: `apiVersion: v1
kind: Secret
metadata:
  name: chartroom-team
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  name: "team"
  url: charts.example.org/team
  enableOCI: "true"
  username: "admin"
  password: PASSWORD`,
      deploy: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: nginx
  namespace: argocd
spec:
  project: default
  source:
    repoURL: charts.example.org/team
    chart: "nginx"
    targetRevision: "1.2.3"
  destination:
    server: https://kubernetes.default.svc
    namespace: default`,
    },
  },
  'argo-cd classic': {
    notes: ['password'],
    steps: {
      secret: `apiVersion: v1
kind: Secret
metadata:
  name: chartroom-team
  namespace: argocd
  labels:
    argocd.argoproj.io/secret-type: repository
stringData:
  type: helm
  name: "team"
  url: https://charts.example.org/chartrepo/team
  username: "admin"
  password: PASSWORD`,
      deploy: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: nginx
  namespace: argocd
spec:
  project: default
  source:
    repoURL: https://charts.example.org/chartrepo/team
    chart: "nginx"
    targetRevision: "1.2.3"
  destination:
    server: https://kubernetes.default.svc
    namespace: default`,
    },
  },
  'flux oci': {
    notes: ['password', 'flux-since'],
    steps: {
      secret:
        'kubectl create secret docker-registry chartroom --namespace default --docker-server=charts.example.org --docker-username=admin --docker-password=PASSWORD',
      deploy: `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: nginx
  namespace: default
spec:
  interval: 10m
  url: oci://charts.example.org/team/nginx
  ref:
    digest: sha256:${HEX}
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  secretRef:
    name: chartroom
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: nginx
  namespace: default
spec:
  interval: 10m
  chartRef:
    kind: OCIRepository
    name: nginx`,
    },
  },
  'flux classic': {
    notes: ['password'],
    steps: {
      secret:
        'kubectl create secret generic chartroom --namespace default --from-literal=username=admin --from-literal=password=PASSWORD',
      deploy: `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata:
  name: chartroom-team
  namespace: default
spec:
  interval: 10m
  url: https://charts.example.org/chartrepo/team
  secretRef:
    name: chartroom
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: nginx
  namespace: default
spec:
  interval: 10m
  chart:
    spec:
      chart: "nginx"
      version: "1.2.3"
      sourceRef:
        kind: HelmRepository
        name: chartroom-team`,
    },
  },
}

describe('the commands over https', () => {
  for (const client of CLIENTS) {
    for (const way of waysOf(client)) {
      test(`of ${client} by ${way}`, () => {
        const { blocked, steps, notes } = guideFor(client, way, target())
        expect(blocked).toBeNull()
        expect({ notes, steps: Object.fromEntries(steps.map(({ id, text }) => [id, text])) }).toEqual(
          expected[`${client} ${way}`],
        )
      })
    }
  }
})

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

  test('Helm 4 is told so everywhere, of its own machine too', () => {
    for (const { id, text } of guideFor('helm-4', 'oci', target(plain)).steps)
      expect(text, id).toMatch(/ --plain-http$/)
    for (const { id, text } of guideFor('helm-4', 'oci', target(local)).steps)
      expect(text, id).toMatch(/ --plain-http$/)
  })

  test('Helm 3.8 and later is told so but for signing in, which finds out; its own machine it takes as it is', () => {
    const guide = guideFor('helm-3.8', 'oci', target(plain))
    expect(guide.notes).toContain('plain-http')
    expect(textOf('helm-3.8', 'oci', 'login', plain)).toBe('helm registry login charts.internal:8080 --username admin')
    for (const id of ['push', 'pull', 'install'] as const) {
      expect(textOf('helm-3.8', 'oci', id, plain)).toMatch(/ --plain-http$/)
      expect(textOf('helm-3.8', 'oci', id, local)).not.toContain('--plain-http')
    }
    expect(guideFor('helm-3.8', 'oci', target(local)).notes).not.toContain('plain-http')
  })

  test.each(['helm-3.7', 'helm-3'] as const)('%s has no way but on its own machine', (client) => {
    expect(guideFor(client, 'oci', target(plain))).toEqual({ blocked: 'https', steps: [], notes: [] })
    expect(guideFor(client, 'oci', target(local)).blocked).toBeNull()
    expect(guideFor(client, 'classic', target(plain)).blocked).toBeNull()
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
    for (const client of ['helm-4', 'helm-3.8', 'helm-3'] as const) {
      expect(guideFor(client, 'oci', target(built)).notes).toContain('plus')
    }
  })

  test('is beyond Helm 3.7 by OCI', () => {
    expect(guideFor('helm-3.7', 'oci', target(built)).blocked).toBe('plus')
    expect(guideFor('helm-3.7', 'classic', target(built)).blocked).toBeNull()
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
        expect(guideFor(client, 'oci', target({ chart: { name } })).blocked).toBe('name')
      }
      expect(guideFor(client, 'classic', target({ chart: { name } })).blocked).toBeNull()
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
    const { steps, notes } = guideFor('helm-3', 'oci', target({ chart: { door: 'console' } }))
    expect(steps.map(({ id }) => id)).toEqual(['prepare', 'login', 'push'])
    expect(notes).toEqual(['legacy-other-door'])
  })

  test('a version whose door is not known is shown, with what may stop it', () => {
    const { steps, notes } = guideFor('helm-3', 'oci', target({ chart: { door: null } }))
    expect(steps.map(({ id }) => id)).toContain('pull')
    expect(notes).toEqual(['legacy-layer'])
  })
})

test('the digest stands only where it is known and where the client takes it', () => {
  const unknown = { chart: { manifestDigest: null } }
  for (const client of ['helm-4', 'helm-3.8'] as const) {
    expect(guideFor(client, 'oci', target()).steps.map(({ id }) => id)).toContain('pull-by-digest')
    expect(guideFor(client, 'oci', target(unknown)).steps.map(({ id }) => id)).not.toContain('pull-by-digest')
  }
  expect(guideFor('helm-3.7', 'oci', target()).steps.map(({ id }) => id)).not.toContain('pull-by-digest')
})

test('of a namespace, chart and version are to be filled in', () => {
  for (const client of CLIENTS) {
    for (const way of waysOf(client)) {
      const guide = guideFor(client, way, { ...target(), chart: null })
      expect(guide.blocked).toBeNull()
      expect(guide.notes).toContain('placeholders')
    }
  }
  const of = (client: Client, way: Way, id: string) =>
    guideFor(client, way, { ...target(), chart: null }).steps.find((step) => step.id === id)?.text
  expect(of('helm-4', 'oci', 'push')).toBe('helm push CHART-VERSION.tgz oci://charts.example.org/team')
  expect(of('helm-4', 'oci', 'install')).toBe(
    'helm install my-release oci://charts.example.org/team/CHART --version VERSION',
  )
  expect(of('curl', 'classic', 'pull')).toBe(
    'curl --fail-with-body --user admin --output CHART-VERSION.tgz https://charts.example.org/chartrepo/team/charts/CHART-VERSION.tgz',
  )
})

interface Changes {
  readonly address?: Partial<RegistryAddress>
  readonly chart?: Partial<TargetChart>
}

function target({ address, chart }: Changes = {}): Target {
  return {
    address: { scheme: 'https', host: 'charts.example.org', instance: '', ...address },
    namespace: 'team',
    account: 'admin',
    chart: { name: 'nginx', version: '1.2.3', manifestDigest: `sha256:${HEX}`, door: 'oci', ...chart },
  }
}

function textOf(client: Client, way: Way, id: Guide['steps'][number]['id'], changes: Changes = {}): string {
  return guideFor(client, way, target(changes)).steps.find((step) => step.id === id)?.text ?? 'no such step'
}
