/** The APIs through which a version can be published. */
export const PROTOCOLS = ['console', 'management', 'classic', 'oci'] as const

export type Protocol = (typeof PROTOCOLS)[number]

/** Protocols of audit events; `start` is the registry itself applying its environment at startup. */
export const AUDIT_PROTOCOLS = [...PROTOCOLS, 'start'] as const

export type AuditProtocol = (typeof AUDIT_PROTOCOLS)[number]
