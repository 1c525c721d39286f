import { count } from './common.ts'

export const charts = {
  title: 'Helm Chart',
  namespace: 'Namespace',
  allNamespaces: 'All namespaces',
  chooseNamespace: 'Choose a namespace',
  noNamespaceFound: 'No namespace is called like this.',
  moreNamespaces: (shown: number, total: number) =>
    `${shown} of ${total.toLocaleString('en-US')}. Type to find others.`,
  search: 'Search charts by name',
  list: 'Charts',
  chart: 'Name',
  versions: 'Versions',
  versionCount: (number: number) => count(number, 'version', 'versions'),
  latestVersion: 'Latest version',
  deprecated: 'Deprecated',
  upload: 'Upload',
  uploadKey: 'Upload charts (press U)',
  dropHere: 'Drop charts to upload them',
  deleteSelected: 'Delete charts',
  deleteChart: (name: string) => `Delete ${name}`,
  confirmDeletion: (number: number) => (number === 1 ? 'Delete this chart?' : `Delete ${number} charts?`),
  versionsGoToo: (number: number) =>
    `${count(number, 'version goes', 'versions go')} with it, at every address they are pulled from.`,
  noNamespaceTitle: 'This instance has no namespace yet',
  noNamespaceText: 'Charts are kept in namespaces. Create the first one, then upload charts to it.',
  toNamespaces: 'Go to namespaces',
  namespaceGoneTitle: (namespace: string | undefined) => `There is no namespace ${namespace} in this instance`,
  namespaceGoneText: 'The address may be mistyped, or the namespace was deleted.',
  noChartTitle: (namespace: string | undefined) =>
    namespace ? `There is no chart in ${namespace} yet` : 'There is no chart in this instance yet',
  noChartForReaderText: 'Charts are listed here as soon as somebody uploads one. You may read here, not upload.',
  /** Around the command that makes a package. */
  noChartText: [
    'Make a package with ',
    ', then drop the .tgz file anywhere on this page, or choose it with Upload.',
  ] as [string, string],
  notFoundTitle: (query: string) => `No chart matches “${query}”`,
  notFoundText: 'The letters you type must be in the name in this order. Fewer letters find more.',
  notFoundElsewhere: 'Search all namespaces',
}
