/** Returns a quoted string for a header (RFC 9110, 5.6.4). Leaves out characters that headers cannot contain. */
export function quotedString(text: string): string {
  return `"${text.replace(/[^\t -~]/g, '').replace(/["\\]/g, '\\$&')}"`
}
