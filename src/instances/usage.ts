/** How much of a quota is in use. */
export interface Usage {
  /** Whole percent, 100 at most; never 100 while something is left, never 0 while something is used. */
  readonly percent: number
  readonly level: 'normal' | 'high' | 'full'
}

const HIGH_ABOVE = 0.9

/** Weighs what is used against the quota. */
export function usageOf(used: number, quota: number): Usage {
  if (used >= quota) return { percent: 100, level: 'full' }
  const percent = Math.min(99, Math.max(used > 0 ? 1 : 0, Math.round((used / quota) * 100)))
  return { percent, level: used / quota > HIGH_ABOVE ? 'high' : 'normal' }
}
