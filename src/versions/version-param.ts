import * as z from 'zod/mini'

/** A version in an address. People and chat tools write its `+` as it is, which a query reads as a blank: no version has one. */
export const versionParam = z.pipe(
  z.string().check(z.minLength(1)),
  z.transform((text: string) => text.replaceAll(' ', '+')),
)
