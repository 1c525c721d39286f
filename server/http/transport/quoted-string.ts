/** Returns a quoted string for a header (RFC 9110, 5.6.4). Leaves out what no header may hold. */
export function quotedString(text: string): string {
  return `"${text.replace(/[^\t -~]/g, '').replace(/["\\]/g, '\\$&')}"`
}
