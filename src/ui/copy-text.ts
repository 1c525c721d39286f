import visuallyHiddenStyles from './visually-hidden.module.css'

/**
 * Copies `text` to the clipboard; resolves to whether it worked. Over plain HTTP, where browsers offer no clipboard
 * API, it copies the selection of a hidden field.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.className = visuallyHiddenStyles.visuallyHidden ?? ''
  // Inside an open dialog, whose focus trap would otherwise take the focus back before the selection.
  const parent = focused?.closest('[role="dialog"]') ?? document.body
  parent.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
