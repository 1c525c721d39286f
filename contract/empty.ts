import * as z from 'zod/mini'

/** Schema of empty path parameters or an empty query. Unknown keys are dropped, not refused. */
export const nothing = z.object({})
