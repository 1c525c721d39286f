import * as z from 'zod/mini'

/** The params or the query of an endpoint that has none. Unknown keys are dropped, never refused. */
export const nothing = z.object({})
