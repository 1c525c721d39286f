/** Number of versions of each chart in the namespace that is searched. */
export const VERSIONS = 10

/** Sizes and durations of the measurements. */
export interface Plan {
  /** Number of charts in each store, ascending; each chart has {@link VERSIONS} versions. */
  readonly stores: readonly number[]
  /** Duration of each kind of search. */
  readonly seconds: number
  /** Further namespaces of the last store, to measure their index. */
  readonly square: { readonly charts: number; readonly versions: number }
  readonly long: { readonly charts: number; readonly versions: number }
  /** Malicious load: versions deleted at once, and charts and referrers with too much metadata. */
  readonly hostile: { readonly versions: number; readonly charts: number; readonly referrers: number }
  /** Index requests in each state. */
  readonly rounds: number
  /** Charts pushed and pulled through each API in a round. */
  readonly charts: number
  /** Pulls of a large chart through each API in a round. */
  readonly large: number
}

/** The plan that the bars are meant for. */
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

/** A quick run: smaller stores and less precise figures. */
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
