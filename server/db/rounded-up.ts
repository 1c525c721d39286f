/**
 * The values of `in (…)`, as many as the next power of two, the first one again and again. Each number of them is another
 * statement, and one with hundreds of values takes a tenth of a megabyte for as long as it is kept.
 */
export function roundedUp(values: readonly string[]): string[] {
  const count = 2 ** Math.ceil(Math.log2(values.length))
  return [...values, ...Array.from({ length: count - values.length }, () => values[0] ?? '')]
}
