import * as z from 'zod/mini'
import { CHART_ORDERS, VERSION_ORDERS } from '../ccr/charts.ts'
import { NAMESPACE_ORDERS } from '../ccr/namespaces.ts'
import { DENSITIES, LANGUAGES, PAGE_SIZES, THEMES } from '../domain/preferences.ts'

const sortBy = <Orders extends Readonly<Record<string, string>>>(orders: z.ZodMiniEnum<Orders>) =>
  z.nullable(z.object({ orderBy: orders, order: z.enum(['asc', 'desc']) }))

/** The sort of each list that can be sorted; null: the list's own order. */
export const ListSorts = z.object({
  charts: sortBy(z.enum(CHART_ORDERS)),
  versions: sortBy(z.enum(VERSION_ORDERS)),
  namespaces: sortBy(z.enum(NAMESPACE_ORDERS)),
})
export type ListSorts = z.infer<typeof ListSorts>
export const NO_SORTS: ListSorts = { charts: null, versions: null, namespaces: null }

/** What an account chose in the console, in whatever browser; null: nothing yet. */
export const Preferences = z.object({
  language: z.nullable(z.enum(LANGUAGES)),
  theme: z.nullable(z.enum(THEMES)),
  pageSize: z.nullable(z.literal(PAGE_SIZES)),
  density: z.nullable(z.enum(DENSITIES)),
  sorts: ListSorts,
})
export type Preferences = z.infer<typeof Preferences>

/** A change of some preferences, and of the sorts of some lists; the others stay. */
export const PreferencesChange = z.partial(z.extend(Preferences, { sorts: z.partial(ListSorts) }))
export type PreferencesChange = z.infer<typeof PreferencesChange>
