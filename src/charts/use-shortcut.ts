import { useEffect, useEffectEvent } from 'react'

/** Calls `onPress` on a single-key shortcut, unless the user is typing, a dialog is open or a modifier key is held. */
export function useShortcut(key: string, onPress: () => void): void {
  const press = useEffectEvent(onPress)
  // The keyboard is outside React.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.repeat || event.isComposing || event.defaultPrevented) return
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      if (isTyping(event.target) || isDialogOpen()) return
      event.preventDefault()
      press()
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [key])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type="checkbox"]), textarea, select'))
  )
}

/** Checks visibility, as closed panels stay in the DOM. */
function isDialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"], dialog')].some((dialog) => dialog.checkVisibility())
}
