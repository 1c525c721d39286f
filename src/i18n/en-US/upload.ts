import { count } from '../../../contract/domain/count.ts'

export const upload = {
  title: 'Upload Helm charts',
  namespace: 'Namespace',
  namespaceRequired: 'Choose a namespace for the charts.',
  dropTitle: 'Drop .tgz and .prov files here',
  dropText: (limit: string) => `Up to ${limit} per chart. Folders and unpacked charts work too.`,
  dropNow: 'Release to add these files',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  filesInput: 'Chart packages and provenance files',
  folderInput: 'Folder with chart packages',
  overwriteNote: 'A chart with the same name and version as an existing one replaces it.',
  charts: 'Charts to upload',
  rejected: (number: number) => `${count(number, 'file', 'files')} will not be uploaded`,
  remove: (name: string) => `Remove ${name} from the list`,
  appVersion: (version: string) => `App version ${version}`,
  fromFile: (name: string) => `from ${name}`,
  packed: (folder: string, fileName: string) =>
    `${folder} is an unpacked chart: it is packed and uploaded as ${fileName}.`,
  cutInIndex: (limit: string) =>
    `Chart.yaml is larger than an index entry (${limit}): the index and lists will leave out part of it. The package stays as it is.`,
  signedBy: (name: string) => `Provenance: ${name}`,
  skip: 'Skip',
  skipFile: (name: string) => `Skip ${name}`,

  summary: (ready: number, toConfirm: number, others: number) =>
    [
      ready === 0 ? 'Nothing is ready to upload' : `${count(ready, 'chart', 'charts')} ready to upload`,
      toConfirm > 0 && `${count(toConfirm, 'replacement', 'replacements')} to confirm`,
      others > 0 && `${others.toLocaleString('en-US')} will be skipped`,
    ]
      .filter(Boolean)
      .join(', '),
  noNamespace: 'Choose a namespace above to see what these files would do.',
  checkingFiles: (number: number) => `Checking ${count(number, 'file', 'files')}…`,

  verdicts: {
    reading: 'Reading the package…',
    checking: 'Comparing with the registry…',
    checkFailed: 'Could not be compared with the registry.',
    new: 'New',
    unchanged: 'Already there',
    unchangedText: 'The registry has identical bytes. Nothing to do.',
    addsProvenance: 'Adds provenance',
    addsProvenanceText: 'The registry has the same chart without its .prov file, which will be added.',
    replaces: 'Replaces',
    replacesText: (digest: string, date: string) =>
      `The registry has a different package: digest ${digest}, pushed ${date}.`,
    immutable: 'Rejected: immutable namespace',
    clash: 'File name taken',
    quota: 'Quota reached',
    restores: 'Restores the archive',
    restoresText:
      'This version is listed, but its archive is missing or damaged. Uploading it stores the archive again.',
    losesProvenance: 'The existing version has a .prov file. Without one here, it is lost.',
    replacesProvenance: 'Replaces provenance',
    replacesProvenanceText: (date: string) =>
      `The registry has the same chart, pushed ${date}, with a different .prov file.`,
    refused: 'Rejected',
    unreadable: 'This file could not be read. It may have been moved or deleted; drop it again.',
    tooLarge: (size: string, limit: string) => `The file has ${size}; the limit of this registry is ${limit}.`,
    provenanceRefused: 'Provenance does not match',
    duplicate: 'Duplicate',
    duplicateText: 'An identical file is already in this list. It is uploaded once.',
    undecided: 'Choose one',
    undecidedText: (name: string) => `Several different files in this list are ${name}. Choose the one to upload.`,
    notChosen: 'Not chosen',
    notChosenText: (name: string) => `Another file for ${name} was chosen.`,
    unopened: 'Not checked',
    unopenedText:
      'This browser cannot open the package. The registry checks it on upload and rejects it if it is not a chart.',
    unopenedName: 'Its content is unknown, so it is compared by file name only.',
  },
  chooseThis: (file: string, digest: string) => `Upload ${file} with digest ${digest}`,
  recheck: 'Check again',
  replaceOne: (name: string) => `Replace ${name}`,
  replaceProvenanceOne: (name: string) => `Replace the provenance of ${name}`,
  replaceAll: (number: number) => `Replace all ${number.toLocaleString('en-US')}`,
  reasons: {
    unrecognized: 'Not a chart package (.tgz) or a provenance file (.prov).',
    'chart-yaml': 'Drop or choose the whole folder of the chart. It is then packed and uploaded.',
    unreadable: 'This file could not be read. Drop it again.',
    'chart-missing': 'Its chart is not in the list. Add the .tgz file it belongs to.',
    'second-provenance': 'Its chart already has another .prov file.',
  },

  send: (number: number) => (number === 0 ? 'Upload' : `Upload ${count(number, 'chart', 'charts')}`),
  startOver: 'Upload more',

  queue: 'Uploads',
  offline: (number: number) => `Offline. ${count(number, 'upload', 'uploads')} waiting`,
  overall: 'All uploads',
  finished: (done: number, total: number) => `${done} of ${total} finished`,
  progressOf: (name: string) => `Progress of ${name}`,
  waiting: 'Waiting',
  starting: 'Starting…',
  sending: (sent: string, total: string) => `${sent} of ${total}`,
  storing: 'Checking in the registry…',
  created: 'Created',
  replaced: 'Replaced',
  unchanged: 'Already there',
  'provenance-added': 'Provenance added',
  restored: 'Restored',
  failed: 'Failed',
  cancelled: 'Cancelled',
  cancelling: 'Cancelling…',
  tooLate: (outcome: string) => `${outcome}: it was too late to cancel`,
  conflicted: 'Changed in the meantime',
  conflictText: (name: string) => `Someone else pushed ${name} in the meantime. It was not replaced.`,
  conflictByDeletion: (name: string) => `Someone else deleted ${name} in the meantime.`,
  conflictUnopened:
    'The registry has a chart with this name and version, and this browser cannot compare it. Package the chart again and upload that.',
  sendAsNew: (name: string) => `Upload ${name} as a new chart`,
  cancelOne: (name: string) => `Cancel ${name}`,
  cancelAll: 'Cancel all',
  retryOne: (name: string) => `Retry ${name}`,
  retryAll: 'Retry failed uploads',
  outcome: (
    tally: Record<
      'created' | 'replaced' | 'unchanged' | 'provenance-added' | 'restored' | 'failed' | 'conflicted' | 'cancelled',
      number
    >,
  ) =>
    [
      tally.created > 0 && `${tally.created} created`,
      tally.replaced > 0 && `${tally.replaced} replaced`,
      tally['provenance-added'] > 0 && `${tally['provenance-added']} with provenance added`,
      tally.restored > 0 && `${tally.restored} restored`,
      tally.unchanged > 0 && `${tally.unchanged} already there`,
      tally.conflicted > 0 && `${tally.conflicted} changed in the meantime`,
      tally.failed > 0 && `${tally.failed} failed`,
      tally.cancelled > 0 && `${tally.cancelled} cancelled`,
    ]
      .filter(Boolean)
      .join(', '),

  leaveTitle: 'Stop the uploads?',
  leaveText: (number: number) =>
    `${count(number, 'upload is', 'uploads are')} not finished. Finished uploads stay; the rest is cancelled.`,
  leaveStop: 'Stop and leave',
  leaveStay: 'Keep uploading',
}
