import { count } from './common.ts'

export const upload = {
  title: 'Upload Helm Chart',
  namespace: 'Namespace',
  namespaceRequired: 'Choose the namespace that the charts go to.',
  dropTitle: 'Drop charts here',
  dropText: (limit: string) =>
    `Any number of .tgz packages up to ${limit} each, with their .tgz.prov files, or whole folders`,
  dropNow: 'Let go to add these files',
  chooseFiles: 'Choose files',
  chooseFolder: 'Choose a folder',
  filesInput: 'Chart packages and provenance files',
  folderInput: 'Folder with chart packages',
  overwriteNote: 'A chart replaces the one of the same name and version in the namespace.',
  charts: 'Charts to upload',
  leftOut: (number: number) => `${count(number, 'file is', 'files are')} not sent`,
  remove: (name: string) => `Take ${name} off the list`,
  appVersion: (version: string) => `App version ${version}`,
  fromFile: (name: string) => `from ${name}`,
  signedBy: (name: string) => `Provenance: ${name}`,
  leaveOut: 'Leave out',
  withoutProvenance: (name: string) => `Leave out ${name}`,

  summary: (ready: number, toConfirm: number, others: number) =>
    [
      ready === 0 ? 'Nothing is ready to send' : `${count(ready, 'chart is', 'charts are')} ready to send`,
      toConfirm > 0 && `${count(toConfirm, 'replacement waits', 'replacements wait')} for you to confirm`,
      others > 0 && `${count(others, 'stays', 'stay')} out`,
    ]
      .filter(Boolean)
      .join(', '),
  unasked: 'Choose a namespace above to see what these would do there.',
  looking: (number: number) => `Looking at ${count(number, 'file', 'files')}…`,

  verdicts: {
    reading: 'Opening the package…',
    checking: 'Comparing with the registry…',
    unchecked: 'Could not be compared with the registry.',
    new: 'New',
    unchanged: 'Already there',
    unchangedText: 'The registry holds the very same bytes. Nothing to do.',
    addsProvenance: 'Adds provenance',
    addsProvenanceText: 'The same chart is there without its .prov file, which will be added.',
    replaces: 'Replaces',
    replacesText: (digest: string, date: string) => `Another package is there now: digest ${digest}, pushed ${date}.`,
    immutable: 'Refused: immutable namespace',
    immutableText: (digest: string, date: string) =>
      `Another package is there, digest ${digest}, pushed ${date}, and nothing in this namespace is replaced. Give it a new version.`,
    losesProvenance: 'The one there is signed. Without a .prov file here, its signature is lost.',
    replacesProvenance: 'Replaces provenance',
    replacesProvenanceText: (date: string) => `The same chart, pushed ${date}, is there with another .prov file.`,
    refused: 'Cannot be used',
    unreadable: 'Your computer did not give this file. It may have been moved or deleted; drop it again.',
    tooLarge: (size: string, limit: string) => `It has ${size}; this registry takes ${limit} at most.`,
    provenanceRefused: 'Wrong provenance',
    repeated: 'Repeated',
    repeatedText: 'The same bytes are in this list already. They are sent once.',
    undecided: 'Choose one',
    undecidedText: (name: string) => `Several files here are ${name}, and they differ. Choose the one to send.`,
    passedOver: 'Not chosen',
    passedOverText: (name: string) => `Another file of ${name} was chosen.`,
    sealed: 'Not opened',
    sealedText: 'This browser cannot open the package. The registry will look at it, and refuse it if it is no chart.',
    sealedName: 'What it holds is not known, so it is only compared by its file name.',
  },
  chooseThis: (file: string, digest: string) => `Send ${file} with digest ${digest}`,
  recheck: 'Check again',
  replaceOne: (name: string) => `Replace ${name}`,
  replaceProvenanceOne: (name: string) => `Replace the provenance of ${name}`,
  replaceAll: (number: number) => `Replace all ${number.toLocaleString('en-US')}`,
  reasons: {
    stranger: 'Neither a chart package (.tgz) nor a provenance file (.prov).',
    unreadable: 'Your computer did not give this file. Drop it again.',
    'chart-missing': 'Its chart is not in the list. Add the .tgz file that it was made for.',
    'second-provenance': 'Its chart has another .prov file already.',
  },

  send: (number: number) => (number === 0 ? 'Upload' : `Upload ${count(number, 'chart', 'charts')}`),
  startOver: 'Upload more',

  queue: 'Uploads',
  overall: 'All uploads',
  settled: (done: number, total: number) => `${done} of ${total} finished`,
  progressOf: (name: string) => `Progress of ${name}`,
  waiting: 'Waiting',
  starting: 'Starting…',
  sending: (sent: string, total: string) => `${sent} of ${total}`,
  storing: 'The registry is checking it…',
  created: 'Created',
  replaced: 'Replaced',
  unchanged: 'Was there already',
  'provenance-added': 'Provenance added',
  failed: 'Failed',
  cancelled: 'Cancelled',
  cancelling: 'Stopping…',
  tooLate: (outcome: string) => `${outcome}: it was too late to cancel`,
  overtaken: 'Changed meanwhile',
  overtakenText: (name: string) => `Somebody else pushed ${name} meanwhile. Nothing of theirs was replaced.`,
  overtakenByRemoval: (name: string) => `Somebody else deleted ${name} meanwhile.`,
  overtakenSealed:
    'A chart of this name and version is there, and this browser cannot tell which. Package the chart again and upload that.',
  sendAsNew: (name: string) => `Upload ${name} as new`,
  cancelOne: (name: string) => `Cancel ${name}`,
  cancelAll: 'Cancel all',
  retryOne: (name: string) => `Try again: ${name}`,
  retryAll: 'Try the failed ones again',
  outcome: (
    tally: Record<
      'created' | 'replaced' | 'unchanged' | 'provenance-added' | 'failed' | 'overtaken' | 'cancelled',
      number
    >,
  ) =>
    [
      tally.created > 0 && `${tally.created} created`,
      tally.replaced > 0 && `${tally.replaced} replaced`,
      tally['provenance-added'] > 0 && `${tally['provenance-added']} with provenance added`,
      tally.unchanged > 0 && `${tally.unchanged} there already`,
      tally.overtaken > 0 && `${tally.overtaken} changed meanwhile`,
      tally.failed > 0 && `${tally.failed} failed`,
      tally.cancelled > 0 && `${tally.cancelled} cancelled`,
    ]
      .filter(Boolean)
      .join(', '),

  leaveTitle: 'Stop the uploads?',
  leaveText: (number: number) =>
    `${count(number, 'upload is', 'uploads are')} not finished. What is finished stays; the rest is not sent.`,
  leaveStop: 'Stop and leave',
  leaveStay: 'Keep uploading',
}
