/** What can be wrong with the bytes of a blob: there are none, too few or too many, or others. */
export const BLOB_DAMAGE = ['missing', 'wrong-size', 'altered'] as const

export type BlobDamage = (typeof BLOB_DAMAGE)[number]
