import type { InstanceType } from './instance-types.ts'

/** The most that an instance may hold. Charts are names: versions do not count. */
export interface Quota {
  readonly namespace: number
  readonly chart: number
  readonly repo: number
  readonly vpc: number
}

/** By edition. */
export const QUOTAS: Record<InstanceType, Quota> = {
  BASIC: { namespace: 100, chart: 1_000, repo: 1_000, vpc: 0 },
  STANDARD: { namespace: 500, chart: 5_000, repo: 5_000, vpc: 0 },
  ADVANCED: { namespace: 2_000, chart: 50_000, repo: 50_000, vpc: 0 },
}
