/** A row of the table. */
export interface Row {
  readonly what: string
  readonly ours: string
  readonly theirs?: string | undefined
  /** Ours divided by theirs, or by the other value that the bar refers to. */
  readonly ratio?: number | undefined
  readonly bar?: { readonly text: string; readonly holds: boolean } | undefined
}

const HEAD = ['what', 'ours', 'theirs', 'ratio', 'bar', 'held']

/** Formats the rows as a Markdown table with aligned columns. */
export function markdownTable(rows: readonly Row[]): string {
  const cells = rows.map(({ what, ours, theirs = '', ratio, bar }) => [
    what,
    ours,
    theirs,
    ratio === undefined ? '' : ratio.toFixed(2),
    bar?.text ?? '',
    bar === undefined ? '' : bar.holds ? 'yes' : '**no**',
  ])
  const widths = HEAD.map((title, column) => Math.max(title.length, ...cells.map((line) => line[column]?.length ?? 0)))
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(HEAD), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n')
}

/** Formats a value with three significant digits: `12.3 ms`. */
export function figure(value: number, unit: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
  return `${value.toFixed(digits)} ${unit}`
}

/** Formats a number: `1,000`. */
export function count(value: number): string {
  return value.toLocaleString('en-US')
}
