/** In the order in which the console offers them. */
export const LANGUAGES = ['en-US', 'zh-CN'] as const

export type Language = (typeof LANGUAGES)[number]

/** In the order in which the console offers them; `system` follows the operating system. */
export const THEMES = ['system', 'light', 'dark'] as const

export type ThemeChoice = (typeof THEMES)[number]

/** Rows per page that the console offers. */
export const PAGE_SIZES = [10, 25, 50, 100] as const

export type PageSizeChoice = (typeof PAGE_SIZES)[number]

/** Rows per page until something else is chosen. The management API has a default of its own. */
export const CONSOLE_PAGE_SIZE: PageSizeChoice = 25

/** Height of the rows of lists: 56 px or 44 px. */
export const DENSITIES = ['comfortable', 'dense'] as const

export type Density = (typeof DENSITIES)[number]
