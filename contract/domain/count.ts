/** Made once: constructing a formatter is expensive. */
const english = new Intl.NumberFormat('en-US')

/** A number with its noun in English: `count(1, 'chart', 'charts')` is "1 chart", of 3,000 "3,000 charts". */
export function count(number: number, one: string, many: string): string {
  return `${english.format(number)} ${number === 1 ? one : many}`
}
