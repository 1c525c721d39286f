/** Parses domains separated by white space, commas or semicolons; lower case, without duplicates. */
export function domainsIn(text: string): string[] {
  return [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ]
}
