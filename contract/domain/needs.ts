/**
 * Right that a caller must have to use an endpoint. `nothing` is open to everyone, `session` to everyone signed in,
 * `administer-registry` only to administrators of the registry. The others are checked on the instance that the request
 * addresses, and on its namespace if the path has one.
 */
export type Needs = 'nothing' | 'session' | 'read' | 'push' | 'delete' | 'change' | 'administer' | 'administer-registry'
