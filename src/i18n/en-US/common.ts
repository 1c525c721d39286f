/** "1 chart", "3 charts". */
export function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`
}

export const common = {
  product: 'Chartroom',
  ok: 'OK',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  create: 'Create',
  delete: 'Delete',
  edit: 'Edit',
  download: 'Download',
  refresh: 'Refresh',
  retry: 'Try again',
  copy: 'Copy',
  copied: 'Copied',
  operation: 'Actions',
  name: 'Name',
  created: 'Created',
  updated: 'Updated',
  search: 'Search',
  none: '–',
  loading: 'Loading',
  noAnswer: 'The registry does not answer. Check the connection and try again.',
  unreadableAnswer:
    'The registry gave an answer that this page does not understand. Reload the page; it may be out of date.',
  refused: (status: number) => `The registry refused this (HTTP ${status}).`,
  permanent: 'This is permanent and cannot be undone.',
  selected: (number: number) => `${number.toLocaleString('en-US')} selected`,
  clearSelection: 'Clear selection',
  total: (number: number) => `${number.toLocaleString('en-US')} in all`,
  selectRow: (name: string) => `Select ${name}`,
  selectPage: 'Select all on this page',
  notFoundTitle: 'There is nothing here',
  notFoundText: 'The address may be mistyped, or what it named was deleted.',
  backToInstances: 'Go to the instance list',
  backgroundRefreshFailed: (message: string) => `Could not refresh. What you see may be out of date. ${message}`,
  crashTitle: 'This page has failed',
  crashText: 'Reload it. If it fails again, tell your administrator what you did last.',
  reload: 'Reload',
}
