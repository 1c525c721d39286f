import { type ListSorts, NO_SORTS, type Preferences } from '../../contract/console/preferences.ts'
import {
  CONSOLE_PAGE_SIZE,
  DENSITIES,
  type Density,
  PAGE_SIZES,
  type PageSizeChoice,
} from '../../contract/domain/preferences.ts'
import { createStore, type ReadableStore } from '../create-store.ts'

/** Defaults for lists; the URL of a list overrides page size and sort. */
export interface ListPreferences {
  readonly pageSize: PageSizeChoice
  readonly density: Density
  readonly sorts: ListSorts
}

const STORAGE_KEY = 'chartroom.lists'
const DEFAULTS: ListPreferences = { pageSize: CONSOLE_PAGE_SIZE, density: 'comfortable', sorts: NO_SORTS }

const current = createStore(readStored())
applyDensity()

/** The preferences in this browser: a copy of the account's, so that lists render before the account is loaded. */
export const listPreferences: ReadableStore<ListPreferences> = current

/** Changes some of the preferences and stores them in this browser. */
export function changeListPreferences({ sorts, ...change }: PartialListPreferences): void {
  const preferences = current.get()
  apply({ ...preferences, ...change, sorts: { ...preferences.sorts, ...sorts } })
}

/** A change of some preferences, and of the sorts of some lists. */
export type PartialListPreferences = Partial<Omit<ListPreferences, 'sorts'>> & { readonly sorts?: Partial<ListSorts> }

/** Replaces the preferences by those of the signed-in account. */
export function adoptListPreferences({ pageSize, density, sorts }: Preferences): void {
  const adopted = { pageSize: pageSize ?? DEFAULTS.pageSize, density: density ?? DEFAULTS.density, sorts }
  if (JSON.stringify(adopted) !== JSON.stringify(current.get())) apply(adopted)
}

function apply(preferences: ListPreferences): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences))
  current.set(preferences)
  applyDensity()
}

/** Writes the density to the root element, where the style sheets read it. */
function applyDensity(): void {
  document.documentElement.dataset.density = current.get().density
}

/** Falls back to the defaults for each value that is missing or invalid. */
function readStored(): ListPreferences {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}')
    return {
      pageSize: PAGE_SIZES.find((size) => size === stored.pageSize) ?? DEFAULTS.pageSize,
      density: DENSITIES.find((density) => density === stored.density) ?? DEFAULTS.density,
      sorts: { ...NO_SORTS, ...stored.sorts },
    }
  } catch {
    return DEFAULTS
  }
}
