import * as z from 'zod/mini'
import { type ListParams, listFields } from '../ui/list-search-params.ts'

/** The state of the lists of accounts and of members, as their address carries it. */
export const peopleListParams = z.object(listFields)

/** What the lists ask the registry for. */
export function peopleListQuery({ q, page, size }: ListParams<typeof peopleListParams>) {
  return { query: q || undefined, pageNo: page, pageSize: size }
}
