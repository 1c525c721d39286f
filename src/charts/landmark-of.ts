/** Where a field's popup is put: within the part of the page that the field is in, so that nobody hears it from nowhere. */
export function landmarkOf(field: HTMLElement): HTMLElement {
  const landmark = field.closest<HTMLElement>('[role="dialog"], main')
  if (landmark?.role !== 'dialog') return landmark ?? document.body
  // antd lets the mouse through the dialog itself, which is as wide as the window: only the box within is for it.
  return [...landmark.children].find((box): box is HTMLElement => box.contains(field)) ?? landmark
}
