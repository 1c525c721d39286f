import visuallyHiddenStyles from './visually-hidden.module.css'

/**
 * Puts `text` on the clipboard. Over plain http there is no clipboard API: then a hidden field is selected and copied.
 * Resolves to whether it worked.
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
  // Inside an open dialog, or its focus trap takes the focus back before anything is selected.
  const home = focused?.closest('[role="dialog"]') ?? document.body
  home.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } finally {
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
  }
}
