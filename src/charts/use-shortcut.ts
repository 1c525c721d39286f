import { useEffect, useEffectEvent } from 'react'

/** Calls `onPress` when the key is pressed while nobody types, nothing is open over the page and no other key is held. */
export function useShortcut(key: string, onPress: () => void): void {
  const press = useEffectEvent(onPress)
  // The keyboard is outside React.
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== key || event.repeat || event.isComposing || event.defaultPrevented) return
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      if (isTyping(event.target) || isSomethingOpen()) return
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

/** Panels that are closed stay in the page, so what counts is what can be seen. */
function isSomethingOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"], dialog')].some((dialog) => dialog.checkVisibility())
}
