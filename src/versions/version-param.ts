import * as z from 'zod/mini'

/**
 * A version in a URL. An unescaped `+`, as users and chat tools write it, is decoded to a space: no version has one.
 */
export const versionParam = z.pipe(
  z.string().check(z.minLength(1)),
  z.transform((text: string) => text.replaceAll(' ', '+')),
)
