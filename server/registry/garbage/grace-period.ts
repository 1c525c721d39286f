/** Time for which unused content and abandoned uploads are kept before garbage collection, in milliseconds. */
export const GRACE_PERIOD = 24 * 60 * 60 * 1000
