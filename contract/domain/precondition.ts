/** State of a version that an upload requires: absent, or with this archive digest (64 hexadecimal digits). */
export type Precondition = { readonly ifNoneMatch: true } | { readonly ifMatch: string }
