/** In the order in which the console offers them. */
export const LANGUAGES = ['en-US', 'zh-CN'] as const

export type Language = (typeof LANGUAGES)[number]

/** In the order in which the console offers them; `system` follows the operating system. */
export const THEMES = ['system', 'light', 'dark'] as const

export type ThemeChoice = (typeof THEMES)[number]

/** Page sizes that the console offers, in rows. */
export const PAGE_SIZES = [10, 25, 50, 100] as const

export type PageSizeChoice = (typeof PAGE_SIZES)[number]

/** Default page size of the console, in rows. The management API has a different one. */
export const CONSOLE_PAGE_SIZE: PageSizeChoice = 25

/** Row heights of lists: 56 px and 44 px. */
export const DENSITIES = ['comfortable', 'dense'] as const

export type Density = (typeof DENSITIES)[number]
