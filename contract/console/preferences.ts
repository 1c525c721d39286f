import * as z from 'zod/mini'
import { CHART_ORDERS, VERSION_ORDERS } from '../ccr/charts.ts'
import { NAMESPACE_ORDERS } from '../ccr/namespaces.ts'
import { DENSITIES, LANGUAGES, PAGE_SIZES, THEMES } from '../domain/preferences.ts'

const sortBy = <Orders extends Readonly<Record<string, string>>>(orders: z.ZodMiniEnum<Orders>) =>
  z.nullable(z.object({ orderBy: orders, order: z.enum(['asc', 'desc']) }))

/** Sort of each sortable list; null for the default order. */
export const ListSorts = z.object({
  charts: sortBy(z.enum(CHART_ORDERS)),
  versions: sortBy(z.enum(VERSION_ORDERS)),
  namespaces: sortBy(z.enum(NAMESPACE_ORDERS)),
})
export type ListSorts = z.infer<typeof ListSorts>
export const NO_SORTS: ListSorts = { charts: null, versions: null, namespaces: null }

/** Preferences of an account, shared by all its browsers; null if not chosen yet. */
export const Preferences = z.object({
  language: z.nullable(z.enum(LANGUAGES)),
  theme: z.nullable(z.enum(THEMES)),
  pageSize: z.nullable(z.literal(PAGE_SIZES)),
  density: z.nullable(z.enum(DENSITIES)),
  sorts: ListSorts,
})
export type Preferences = z.infer<typeof Preferences>

/** Change of some preferences and of the sorts of some lists. */
export const PreferencesChange = z.partial(z.extend(Preferences, { sorts: z.partial(ListSorts) }))
export type PreferencesChange = z.infer<typeof PreferencesChange>
