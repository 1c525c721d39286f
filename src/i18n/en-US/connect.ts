export const connect = {
  open: 'How to connect',
  openVersion: 'Connect',
  openVersionOf: (chart: string, version: string) => `How to connect to ${chart} ${version}`,
  title: (what: string) => `How to connect to ${what}`,
  client: 'Client',
  clients: {
    'helm-4': 'Helm 4',
    'helm-3.8': 'Helm 3.8 and later',
    'helm-3.7': 'Helm 3.7',
    'helm-3': 'Helm before 3.7',
    'helm-2': 'Helm 2',
    'cm-push': 'helm cm-push',
    curl: 'curl',
    'argo-cd': 'Argo CD',
    flux: 'Flux',
  },
  way: 'Address',
  ways: { oci: 'OCI registry', classic: 'Chart repository' },
  steps: {
    prepare: 'Turn on OCI, which this version holds for experimental',
    plugin: 'Install the plugin',
    login: 'Sign in',
    repository: 'Add the repository',
    push: 'Push',
    search: 'See what is there',
    pull: 'Pull',
    'pull-by-digest': 'Pull by digest: these very bytes, whatever the tag says later',
    install: 'Install',
    secret: 'Let it in',
    deploy: 'Deploy',
  },
  notes: {
    placeholders: 'Put the name of your chart for CHART, and its version for VERSION.',
    password: 'Put your password for PASSWORD, and keep it out of files that others read.',
    'plain-http':
      'This registry is reached over http, which Helm is told with --plain-http since 3.13. Earlier versions do not have the flag: leave it out. They reach a registry over http only on the same machine.',
    plus: 'Tags have no +. This version’s tag has _ in its place: helm 3.8 and later write it so by themselves, and the + of older ones is read as _.',
    'digest-since': 'Helm pulls by digest since 3.17.',
    'legacy-layer':
      'Helm before 3.7 pulls by OCI only what such a Helm has pushed. By the chart repository it pulls everything.',
    'legacy-other-door':
      'This version did not come by OCI, and Helm before 3.7 pulls by OCI only what such a Helm has pushed. Pull it by the chart repository.',
    'push-by-curl': 'Helm itself cannot push to a chart repository. curl does, and so does the plugin cm-push.',
    'provenance-beside': 'A .prov file beside the package is pushed with it.',
    repackages:
      'The plugin packs the chart anew: its digest is another one each time, and a .prov file is not sent. To push a package as it is, use curl or OCI.',
    'plugin-helm-4': 'Helm 4 installs the plugin with --verify=false only, as it is not signed.',
    'helm-2-charts': 'Helm 2 reads charts of apiVersion v1 only.',
    'flux-since': 'For Flux 2.6 and later. It does not take charts that a Helm before 3.7 has pushed.',
    'argo-plain-http': 'This registry is reached over http, which is what insecureOCIForceHttp is for.',
  },
  blocked: {
    name: (name: string) =>
      `OCI has no name for ${name}: its names are of lower-case letters and digits, with single . _ or - between them. It is reached by the chart repository.`,
    https: () =>
      'This registry is reached over http, and this Helm speaks https with every registry that is not on the same machine. Use the chart repository, or a newer Helm.',
  },
  useClassic: 'Use the chart repository',
}
