import { type ListSorts, NO_SORTS, type Preferences } from '../../contract/console/preferences.ts'
import {
  CONSOLE_PAGE_SIZE,
  DENSITIES,
  type Density,
  PAGE_SIZES,
  type PageSizeChoice,
} from '../../contract/domain/preferences.ts'

/** How lists look until their URL says otherwise. */
export interface ListPreferences {
  readonly pageSize: PageSizeChoice
  readonly density: Density
  readonly sorts: ListSorts
}

const STORAGE_KEY = 'chartroom.lists'
const DEFAULTS: ListPreferences = { pageSize: CONSOLE_PAGE_SIZE, density: 'comfortable', sorts: NO_SORTS }
const listeners = new Set<() => void>()

let current = readStored()
applyDensity()

/** The preferences in force in this browser; a copy of the account's, so that lists are drawn before the account is known. */
export function currentListPreferences(): ListPreferences {
  return current
}

/** Changes some of the preferences and remembers them in this browser. */
export function changeListPreferences({ sorts, ...change }: PartialListPreferences): void {
  apply({ ...current, ...change, sorts: { ...current.sorts, ...sorts } })
}

/** A change of some preferences, and of the sorts of some lists. */
export type PartialListPreferences = Partial<Omit<ListPreferences, 'sorts'>> & { readonly sorts?: Partial<ListSorts> }

/** Takes over the preferences of the account that is signed in. */
export function takeListPreferences({ pageSize, density, sorts }: Preferences): void {
  const taken = { pageSize: pageSize ?? DEFAULTS.pageSize, density: density ?? DEFAULTS.density, sorts }
  if (JSON.stringify(taken) !== JSON.stringify(current)) apply(taken)
}

/** Calls `listener` on each change until the returned function is called. */
export function subscribeToListPreferences(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function apply(preferences: ListPreferences): void {
  current = preferences
  localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences))
  applyDensity()
  for (const listener of listeners) listener()
}

/** The style sheets look for it on the root element. */
function applyDensity(): void {
  document.documentElement.dataset.density = current.density
}

/** Anything in the storage that is not ours, or not of this version, counts as nothing. */
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
