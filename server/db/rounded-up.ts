/**
 * The values of `in (…)`, as many as the next power of two, the first one again and again. Each number of them is another
 * statement, and one with hundreds of values takes a tenth of a megabyte for as long as it is kept.
 */
export function roundedUp<T extends string>(values: readonly T[]): T[] {
  const count = 2 ** Math.ceil(Math.log2(values.length))
  return [
    ...values,
    ...values.slice(0, 1).flatMap((first) => Array.from({ length: count - values.length }, () => first)),
  ]
}
