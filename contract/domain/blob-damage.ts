/** Kinds of damage to a blob: its bytes are missing, too few or too many, or changed. */
export const BLOB_DAMAGE = ['missing', 'wrong-size', 'altered'] as const

export type BlobDamage = (typeof BLOB_DAMAGE)[number]
