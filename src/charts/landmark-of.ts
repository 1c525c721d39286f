/** Where a field's popup is put: within the part of the page that the field is in, so that nobody hears it from nowhere. */
export function landmarkOf(field: HTMLElement): HTMLElement {
  return field.closest<HTMLElement>('[role="dialog"], main') ?? document.body
}
