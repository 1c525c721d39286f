/** Problems of a chart archive, a Chart.yaml or a provenance file. Each has a message in `problem-messages.ts`. */
export type ChartProblemCode =
  | 'not-gzip'
  | 'damaged-archive'
  | 'empty-archive'
  | 'too-many-entries'
  | 'file-too-large'
  | 'archive-too-large'
  | 'too-much-yaml'
  | 'over-budget'
  | 'metadata-too-large'
  | 'chart-yaml-missing'
  | 'outside-base-directory'
  | 'parent-directory'
  | 'absolute-path'
  | 'illegal-file-name'
  | 'chart-yaml-syntax'
  | 'chart-yaml-field'
  | 'name-missing'
  | 'name-invalid'
  | 'version-missing'
  | 'version-invalid'
  | 'type-invalid'
  | 'maintainer-empty'
  | 'dependency-empty'
  | 'dependency-alias-invalid'
  | 'dependency-duplicate'
  | 'values-syntax'
  | 'lock-syntax'
  | 'subchart-broken'
  | 'subcharts-too-deep'
  | 'file-name-unsafe'
  | 'helmignore-invalid'
  | 'provenance-not-signed'
  | 'provenance-syntax'
  | 'provenance-other-file'
  | 'provenance-other-digest'

/** Values for the placeholders of a message: `{path}`, `{name}`, `{version}`, … */
export type ChartProblemDetails = Readonly<Record<string, string>>

/** The reason why helm would refuse a chart, or why a provenance file does not belong to it. */
export class ChartProblem extends Error {
  override name = 'ChartProblem'
  readonly code: ChartProblemCode
  readonly details: ChartProblemDetails

  constructor(code: ChartProblemCode, details: ChartProblemDetails = {}) {
    super(`${code} ${JSON.stringify(details)}`)
    this.code = code
    this.details = details
  }
}
