import * as z from 'zod/mini'
import { CHART_ORDERS, VERSION_ORDERS } from '../ccr/charts.ts'
import { NAMESPACE_ORDERS } from '../ccr/namespaces.ts'

export const LANGUAGES = ['zh-CN', 'en-US'] as const
export type LanguageChoice = (typeof LANGUAGES)[number]
export const THEMES = ['light', 'dark', 'system'] as const
export type ThemeChoice = (typeof THEMES)[number]

/** Rows per page that the console offers. */
export const PAGE_SIZES = [10, 25, 50, 100] as const
export type PageSizeChoice = (typeof PAGE_SIZES)[number]
/** Rows per page until something else is chosen. The management API has a default of its own. */
export const CONSOLE_PAGE_SIZE: PageSizeChoice = 25

/** Height of the rows of lists: 56 px or 44 px. */
export const DENSITIES = ['comfortable', 'dense'] as const
export type Density = (typeof DENSITIES)[number]

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
