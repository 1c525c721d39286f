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
  protocol: 'Address',
  protocols: { oci: 'OCI registry', classic: 'Chart repository' },
  steps: {
    prepare: 'Enable OCI support, which is experimental in this version',
    plugin: 'Install the plugin',
    login: 'Sign in',
    repository: 'Add the repository',
    push: 'Push',
    search: 'List the charts',
    pull: 'Pull',
    'pull-by-digest': 'Pull by digest: exactly these bytes, even if the tag moves',
    install: 'Install',
    secret: 'Add credentials',
    deploy: 'Deploy',
  },
  notes: {
    placeholders: 'Replace CHART with the chart name and VERSION with its version.',
    password: 'Replace PASSWORD with your password, and keep it out of files that others can read.',
    'plain-http':
      'This registry is served over http, so Helm 3.13 and later need --plain-http. Earlier versions do not have the flag: leave it out. They reach a registry over http only on the same machine.',
    plus: 'Tags cannot contain +, so the tag of this version has _ instead. Helm 3.8 and later convert it; the + that older versions send is read as _.',
    'digest-since': 'Helm pulls by digest since 3.17.',
    'legacy-layer':
      'Over OCI, Helm before 3.7 can only pull charts pushed by such a Helm. Through the chart repository it can pull all of them.',
    'legacy-other-protocol':
      'This version was not pushed over OCI, and Helm before 3.7 can only pull charts over OCI that such a Helm pushed. Pull it through the chart repository.',
    'push-with-curl': 'Helm itself cannot push to a chart repository. Use curl or the cm-push plugin.',
    'provenance-beside': 'A .prov file beside the package is pushed with it.',
    repackages:
      'The plugin packages the chart again: the digest differs each time, and a .prov file is not sent. To push a package unchanged, use curl or OCI.',
    'plugin-helm-4': 'The plugin is not signed, so Helm 4 installs it only with --verify=false.',
    'helm-2-charts': 'Helm 2 reads charts of apiVersion v1 only.',
    'flux-since': 'Requires Flux 2.6 or later. Charts pushed by Helm before 3.7 are not supported.',
    'argo-plain-http': 'This registry is served over http, so insecureOCIForceHttp is required.',
  },
  blocked: {
    name: (name: string) =>
      `${name} is not a valid OCI repository name: those consist of lower-case letters and digits, separated by a single . _ or -. Use the chart repository instead.`,
    https: () =>
      'This registry is served over http, and this version of Helm uses https for any registry on another machine. Use the chart repository, or a newer Helm.',
  },
  noPassword: 'No password for clients yet?',
  toCredentials: 'Create access credentials',
  useClassic: 'Use the chart repository',
}
