import type { Grant } from '../../../contract/domain/roles.ts'

/**
 * Contents of a data folder, recorded by the code that filled it. Folders of earlier releases are read forever: add new
 * fields as optional ones, and do not change others.
 */
export interface DataFolderFacts {
  /** Commit of the code that made the folder. */
  readonly commit: string
  /** ISO time after the last event of the audit log. */
  readonly until: string
  readonly accounts: readonly AccountFacts[]
  readonly instances: readonly InstanceFacts[]
  readonly namespaces: readonly NamespaceFacts[]
  readonly versions: readonly VersionFacts[]
  readonly manifests: readonly ManifestFacts[]
  readonly tags: readonly { readonly instance: string; readonly repository: string; readonly tags: readonly string[] }[]
  readonly referrers: readonly ReferrersFacts[]
  readonly robots: readonly RobotFacts[]
  readonly accessKeys: readonly AccessKeyFacts[]
  readonly instancePasswords: readonly { readonly instance: string; readonly name: string; readonly password: string }[]
  /** Number of events in the audit log, by action and outcome: `chart.publish done`. */
  readonly audit: Readonly<Record<string, number>>
}

export interface AccountFacts {
  readonly name: string
  readonly password: string
  readonly role: 'administrator' | 'member'
  readonly disabled: boolean
  readonly grants: readonly Grant[]
  readonly language: string | null
  readonly theme: string | null
}

export interface InstanceFacts {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly isDefault: boolean
  readonly tags: readonly { readonly tagKey: string; readonly tagValue: string }[]
  /** Custom domains, of which later rules may forbid some. */
  readonly domains: readonly string[]
  /** Custom domain that every release accepts. */
  readonly usableDomain?: string
}

export interface NamespaceFacts {
  readonly instance: string
  readonly name: string
  readonly public: boolean
  readonly immutable: boolean
}

export interface VersionFacts {
  readonly instance: string
  readonly namespace: string
  readonly chart: string
  readonly version: string
  /** SHA-256 of the archive, in hex. */
  readonly digest: string
  /** SHA-256 of the provenance file, in hex; null if there is none. */
  readonly provenance: string | null
}

export interface ManifestFacts {
  readonly instance: string
  readonly repository: string
  /** A tag or a digest. */
  readonly reference: string
  readonly digest: string
  readonly mediaType: string
}

export interface ReferrersFacts {
  readonly instance: string
  readonly repository: string
  /** Digest of the manifest that they refer to. */
  readonly subject: string
  readonly digests: readonly string[]
}

export interface RobotFacts {
  readonly instance: string
  /** With its prefix. */
  readonly name: string
  readonly secret: string
  readonly disabled: boolean
  /** A namespace that it may read; null if the robot expires. */
  readonly reads: string | null
}

export interface AccessKeyFacts {
  readonly account: string
  readonly id: string
  readonly secret: string
  readonly disabled: boolean
}
