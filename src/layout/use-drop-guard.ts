import { useEffect } from 'react'

/** Keeps the browser from leaving the console for a file that is dropped where nothing takes it. */
export function useDropGuard(): void {
  // The window is outside React; what takes files has had its say before an event comes to it.
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
