/** A person or a group in Chart.yaml; unset fields are left out. */
export interface ChartMaintainer {
  name?: string
  email?: string
  url?: string
}

/** A dependency of a chart; unset fields are left out. */
export interface ChartDependency {
  name: string
  version?: string
  repository?: string
  condition?: string
  tags?: string[]
  enabled?: boolean
  'import-values'?: unknown[]
  alias?: string
}

/**
 * Chart.yaml as helm reads and prints it: YAML 1.1 scalars converted to the field's type, the last of duplicate keys,
 * unknown keys and unset fields left out, keys in helm's order. Source: helm `pkg/chart/v2/metadata.go`.
 */
export interface ChartMetadata {
  name: string
  home?: string
  sources?: string[]
  version: string
  description?: string
  keywords?: string[]
  maintainers?: ChartMaintainer[]
  icon?: string
  apiVersion?: string
  condition?: string
  tags?: string
  appVersion?: string
  deprecated?: boolean
  annotations?: Record<string, string>
  kubeVersion?: string
  dependencies?: ChartDependency[]
  type?: string
}
