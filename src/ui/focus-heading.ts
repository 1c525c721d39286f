/** Moves the focus to the page's heading when nothing has it: what had it may be gone, or it was the page itself. */
export function focusHeadingWhenLost(): void {
  const focused = document.activeElement
  if (focused && focused !== document.body) return
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
