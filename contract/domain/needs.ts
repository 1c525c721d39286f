/**
 * What a caller must be allowed to do before an endpoint or a door route runs.
 * `nothing` is open to everyone, `session` to anyone who is signed in; `administer-registry` is
 * for administrators of the registry only, whatever instance the path names; the others are asked about the instance
 * (and the namespace, where the path names one) that the request addresses.
 */
export type Needs = 'nothing' | 'session' | 'read' | 'push' | 'delete' | 'change' | 'administer' | 'administer-registry'
