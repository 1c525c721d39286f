/** Editions, smallest quota first. */
export const INSTANCE_TYPES = ['BASIC', 'STANDARD', 'ADVANCED'] as const

export type InstanceType = (typeof INSTANCE_TYPES)[number]
