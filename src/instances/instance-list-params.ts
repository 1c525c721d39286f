import * as z from 'zod/mini'
import { listFields } from '../ui/list-search-params.ts'

/** The list's state as its address carries it. */
export const instanceListParams = z.object(listFields)
