/**
 * Formats a number as helm does in a text field: the fewest digits that identify the 32-bit float, with an exponent from
 * a million upwards and below 0.0001. Source: Go `strconv.FormatFloat(value, 'g', -1, 32)`.
 */
export function floatText(value: number): string {
  const single = Math.fround(value)
  if (Number.isNaN(single)) return 'NaN'
  if (!Number.isFinite(single)) return single > 0 ? '+Inf' : '-Inf'
  if (single === 0) return Object.is(single, -0) ? '-0' : '0'
  const [mantissa = '', exponent = '0'] = shortestSingle(single).split('e')
  if (Number(exponent) >= -4 && Number(exponent) < 6) return Number(`${mantissa}e${exponent}`).toString()
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
}

function shortestSingle(single: number): string {
  for (let digits = 0; digits < 8; digits++) {
    const candidate = single.toExponential(digits)
    if (Math.fround(Number(candidate)) === single) return candidate
  }
  return single.toExponential(8)
}
