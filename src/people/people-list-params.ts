import * as z from 'zod/mini'
import { type ListParams, listFields } from '../ui/list-search-params.ts'

/** Schema of the state in the URL of the account and member lists. */
export const peopleListParams = z.object(listFields)

/** Converts a list's state to the query of the API. */
export function peopleListQuery({ q, page, size }: ListParams<typeof peopleListParams>) {
  return { query: q || undefined, pageNo: page, pageSize: size }
}
