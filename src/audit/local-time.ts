/** A moment as a field for date and time takes it: on the reader's clock, to the minute. Empty where there is none. */
export function toLocalTime(iso: string | undefined): string {
  if (!iso) return ''
  const time = new Date(iso)
  const two = (number: number) => String(number).padStart(2, '0')
  const date = `${String(time.getFullYear()).padStart(4, '0')}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${date}T${two(time.getHours())}:${two(time.getMinutes())}`
}

/** The moment that such a field names; none where it is empty or names none. */
export function fromLocalTime(text: string): string | undefined {
  const time = new Date(text)
  return text === '' || Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}
