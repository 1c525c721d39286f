import * as z from 'zod/mini'
import { listFields } from '../ui/list-search-params.ts'

/** Schema of the list's state in the URL. */
export const instanceListParams = z.object(listFields)
