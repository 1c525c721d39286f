import { describe, expect, test } from 'vitest'
import { CLIENTS, protocolsOf } from './clients.ts'
import { guideFor } from './commands.ts'
import type { NoteId } from './guide.ts'
import { HEX, testTarget } from './testing/test-target.ts'

/** Every text of every client, as copied, for version 1.2.3 of nginx in team, which was pushed over OCI. */
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
    notes: ['push-with-curl'],
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
    notes: ['push-with-curl'],
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
    notes: ['push-with-curl'],
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
    notes: ['push-with-curl'],
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

describe('commands over https', () => {
  for (const client of CLIENTS) {
    for (const protocol of protocolsOf(client)) {
      test(`of ${client} for ${protocol}`, () => {
        const { blocked, steps, notes } = guideFor(client, protocol, testTarget())
        expect(blocked).toBeNull()
        expect({ notes, steps: Object.fromEntries(steps.map(({ id, text }) => [id, text])) }).toEqual(
          expected[`${client} ${protocol}`],
        )
      })
    }
  }
})
