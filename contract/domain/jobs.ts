/** Kinds of background work. Their schedules are in the server. */
export const JOB_KINDS = ['garbage-collection', 'orphan-sweep', 'audit-pruning', 'blob-scrub'] as const
export type JobKindName = (typeof JOB_KINDS)[number]
