/** The share of a quota that is in use. */
export interface Usage {
  /** Integer from 0 to 100; 100 only if the quota is used up, 0 only if nothing is used. */
  readonly percent: number
  readonly level: 'normal' | 'high' | 'full'
}

const HIGH_ABOVE = 0.9

/** Rates usage against a quota. */
export function usageOf(used: number, quota: number): Usage {
  if (used >= quota) return { percent: 100, level: 'full' }
  const percent = Math.min(99, Math.max(used > 0 ? 1 : 0, Math.round((used / quota) * 100)))
  return { percent, level: used / quota > HIGH_ABOVE ? 'high' : 'normal' }
}
