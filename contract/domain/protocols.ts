/** By which way a version came in. */
export const PROTOCOLS = ['console', 'management', 'classic', 'oci'] as const

export type Protocol = (typeof PROTOCOLS)[number]

/** By which way it was done; `start`: the registry itself, as its environment says. */
export const AUDIT_PROTOCOLS = [...PROTOCOLS, 'start'] as const

export type AuditProtocol = (typeof AUDIT_PROTOCOLS)[number]
