import { count } from '../../../contract/domain/count.ts'

export const charts = {
  title: 'Helm charts',
  namespace: 'Namespace',
  allNamespaces: 'All namespaces',
  chooseNamespace: 'Choose a namespace',
  noNamespaceFound: 'No namespaces match.',
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
  versionsDeletedToo: (number: number) =>
    `${number === 1 ? 'Its only version is' : `All its ${number.toLocaleString('en-US')} versions are`} deleted and can no longer be pulled.`,
  noNamespaceTitle: 'No namespaces in this instance yet',
  noNamespaceText: 'Charts are kept in namespaces. Create the first one, then upload charts to it.',
  toNamespaces: 'Go to namespaces',
  namespaceNotFoundTitle: (namespace: string | undefined) => `Namespace ${namespace} was not found in this instance`,
  namespaceNotFoundText: 'The address may be mistyped, or the namespace was deleted.',
  noChartTitle: (namespace: string | undefined) =>
    namespace ? `No charts in ${namespace} yet` : 'No charts in this instance yet',
  noChartForReaderText: 'Uploaded charts are listed here. You have read access and cannot upload.',
  /** The text before and after the command that packages a chart. */
  noChartText: ['Package a chart with ', ', then drop the .tgz file anywhere on this page, or choose Upload.'] as [
    string,
    string,
  ],
  notFoundTitle: (query: string) => `No charts match “${query}”`,
  notFoundText: 'Try fewer letters.',
  notFoundElsewhere: 'Search all namespaces',
}
