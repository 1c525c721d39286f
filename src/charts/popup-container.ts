/** Returns the landmark that contains the field, to mount its popup in: screen readers then announce it in context. */
export function popupContainer(field: HTMLElement): HTMLElement {
  const landmark = field.closest<HTMLElement>('[role="dialog"], main')
  if (landmark?.role !== 'dialog') return landmark ?? document.body
  // antd's dialog element is as wide as the window and ignores the pointer; only the box within receives it.
  return [...landmark.children].find((box): box is HTMLElement => box.contains(field)) ?? landmark
}
