/** Versions of each chart of the namespace that is searched in. */
export const VERSIONS = 10

/** How much is measured, and for how long. */
export interface Plan {
  /** Charts of the stores, one after the other, with {@link VERSIONS} each; ascending. */
  readonly stores: readonly number[]
  /** How long each kind of search goes on. */
  readonly seconds: number
  /** Namespaces whose index is measured besides, in the last store. */
  readonly square: { readonly charts: number; readonly versions: number }
  readonly long: { readonly charts: number; readonly versions: number }
  /** What is made to hurt: versions that are deleted at once, charts and referrers that say too much. */
  readonly hostile: { readonly versions: number; readonly charts: number; readonly referrers: number }
  /** How often an index is asked for in each state. */
  readonly rounds: number
  /** Charts that each door takes in, and hands out, in a round. */
  readonly charts: number
  /** How often each door hands out a large one in a round. */
  readonly large: number
}

/** What the bars speak of. */
export const FULL: Plan = {
  stores: [100, 1000, 10_000],
  seconds: 15,
  square: { charts: 100, versions: 100 },
  long: { charts: 1, versions: 10_000 },
  hostile: { versions: 10_000, charts: 400, referrers: 500 },
  rounds: 20,
  charts: 200,
  large: 16,
}

/** A quick look: smaller stores, and figures that wobble more. */
export const SMALL: Plan = {
  stores: [100, 1000],
  seconds: 3,
  square: { charts: 20, versions: 20 },
  long: { charts: 1, versions: 400 },
  hostile: { versions: 1000, charts: 40, referrers: 25 },
  rounds: 5,
  charts: 40,
  large: 8,
}
