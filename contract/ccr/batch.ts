import * as z from 'zod/mini'

/**
 * Body of a batch deletion. Missing or empty `items` is refused, never read as "all": one of the vendor's SDKs sends
 * these DELETEs without a body.
 */
export const Batch = z.object({
  items: z
    .array(z.string().check(z.minLength(1, 'required')))
    .check(z.minLength(1, 'required'), z.maxLength(1000, 'at-most-1000')),
})
export type Batch = z.infer<typeof Batch>
