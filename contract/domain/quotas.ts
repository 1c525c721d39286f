import type { InstanceType } from './instance-types.ts'

/** Maximum numbers per instance. Charts count by name, whatever their number of versions. */
export interface Quota {
  readonly namespace: number
  readonly chart: number
  readonly repo: number
  readonly vpc: number
}

/** Quotas by edition. */
export const QUOTAS: Record<InstanceType, Quota> = {
  BASIC: { namespace: 100, chart: 1_000, repo: 1_000, vpc: 0 },
  STANDARD: { namespace: 500, chart: 5_000, repo: 5_000, vpc: 0 },
  ADVANCED: { namespace: 2_000, chart: 50_000, repo: 50_000, vpc: 0 },
}
