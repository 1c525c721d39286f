import { setTimeout as sleep } from 'node:timers/promises'
import type { Digest } from '../../blobs/blob-store.ts'
import { hexOfDigest } from '../../blobs/digest.ts'
import type { JobKind } from '../../jobs/job-kind.ts'
import type { Pace } from '../blobs/stored-blobs.ts'
import { scrubBlobs } from './scrub-blobs.ts'

const MINUTE = 60 * 1000
const DAY = 24 * 60 * MINUTE
/** Read rate in bytes per second: 100 GB take seven hours. */
const RATE = 4 * 1024 * 1024
/** Shortest wait in milliseconds; shorter ones are accumulated, because timers are inexact. */
const SHORTEST_WAIT = 20

/** Stored progress of a scrub: the last blob compared with its digest. */
export interface ScrubProgress {
  readonly position: Digest
}

/** Compares all blobs with their digests once a week, slowly. An interrupted run is resumed where it stopped. */
export const scrubBlobsJob: JobKind = {
  name: 'blob-scrub',
  first: 10 * MINUTE,
  every: 7 * DAY,
  share: (progress) => shareBefore((progress as ScrubProgress).position), // what this job stored
  async run({ registry, log, signal, progress, saveProgress }) {
    await scrubBlobs(registry, {
      after: (progress as ScrubProgress | null)?.position ?? null, // what this job stored
      pace: steady(RATE, (milliseconds) => sleep(milliseconds, undefined, { signal, ref: false })),
      signal,
      onDamage: ({ digest, size }, damage) => log.error({ digest, size, damage }, 'blob damaged'),
      onProgress: (position) => saveProgress({ position } satisfies ScrubProgress),
    })
  },
}

/** Limits a reader to a number of bytes per second. */
function steady(bytesPerSecond: number, wait: (milliseconds: number) => Promise<void>): Pace {
  let due = performance.now()
  return async (bytes) => {
    const now = performance.now()
    due = Math.max(due, now) + (bytes / bytesPerSecond) * 1000
    if (due - now >= SHORTEST_WAIT) await wait(due - now)
  }
}

/** Share of blobs before a digest, from 0 to 1, from its first digits: digests are uniformly distributed. */
function shareBefore(digest: Digest): number {
  return Number.parseInt(hexOfDigest(digest).slice(0, 8), 16) / 2 ** 32
}
