import { count } from '../../../contract/domain/count.ts'

export const storage = {
  title: 'Storage',
  lead: 'Content stored by this registry, across all instances.',
  usage: 'Usage',
  blobs: 'All blobs',
  archives: 'Chart archives',
  unused: 'Unused',
  unusedText: 'Uploads in progress and deleted content. Deleted content is kept for 24 hours, then removed.',
  amount: (number: string, bytes: string) => `${number} (${bytes})`,
  collect: 'Collect garbage now',
  collecting: 'Collecting garbage',
  lastCollection: 'Last garbage collection',
  freed: (amount: string) => `Removed: ${amount}`,
  collectionFailed: 'Failed. See the server log.',
  never: 'Never',
  lastCheck: 'Last integrity check',
  checkText: 'All blobs are checked every 7 days.',
  checking: (percent: number) => `Running: ${percent}%`,
  damaged: 'Damaged blobs',
  noneDamaged: 'No damage found.',
  damagedText: 'Push the same file again to restore it.',
  moreDamaged: (number: number) =>
    `And ${count(number, 'more blob', 'more blobs')}. Run “npm run doctor” for the full list.`,
  damages: { missing: 'Missing', 'wrong-size': 'Wrong size', altered: 'Altered' },
  copyDigest: (digest: string) => `Copy: ${digest}`,
}
