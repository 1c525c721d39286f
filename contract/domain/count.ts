/** Made once: constructing a formatter is expensive. */
const english = new Intl.NumberFormat('en-US')

/** Formats a number with its English noun: "1 chart" for `count(1, 'chart', 'charts')`, "3,000 charts" for 3000. */
export function count(number: number, one: string, many: string): string {
  return `${english.format(number)} ${number === 1 ? one : many}`
}
