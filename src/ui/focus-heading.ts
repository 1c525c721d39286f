/** Focuses the page's heading if no element has the focus, as after the focused element was removed. */
export function focusHeadingWhenLost(): void {
  const focused = document.activeElement
  if (focused && focused !== document.body) return
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
