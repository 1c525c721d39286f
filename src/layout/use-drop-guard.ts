import { useEffect } from 'react'

/** Prevents the browser from opening a file that is dropped outside of a drop zone. */
export function useDropGuard(): void {
  // The window is outside React. Drop zones handle an event before it bubbles up to the window.
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'none'
    }
    window.addEventListener('dragover', refuse)
    window.addEventListener('drop', refuse)
    return () => {
      window.removeEventListener('dragover', refuse)
      window.removeEventListener('drop', refuse)
    }
  }, [])
}
