import { InboxOutlined } from '@ant-design/icons'
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react'
import { droppedFiles } from './dropped-files.ts'
import styles from './PageDrop.module.css'

/**
 * Accepts files dropped anywhere on the page. The overlay shown while files are dragged is hidden from screen readers,
 * as a button does the same. `onEnter` is called when a drag enters, in time to load the code that handles the files.
 */
export function PageDrop({
  label,
  onEnter,
  onFiles,
}: {
  label: string
  onEnter: () => void
  onFiles: (files: File[]) => void
}): ReactElement | null {
  const [hovering, setHovering] = useState(false)

  const enter = useEffectEvent((event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    if (!hovering) onEnter()
    setHovering(true)
  })
  const leave = useEffectEvent((event: DragEvent) => {
    // Moving to another element fires "dragleave" too; relatedTarget is null only when the drag leaves the window.
    if (event.relatedTarget === null) setHovering(false)
  })
  const drop = useEffectEvent((event: DragEvent) => {
    setHovering(false)
    if (!hasFiles(event) || !event.dataTransfer) return
    event.preventDefault()
    void droppedFiles(event.dataTransfer).then(onFiles)
  })

  // Listens on the whole document, which is outside React.
  useEffect(() => {
    const listeners = { dragenter: enter, dragover: enter, dragleave: leave, drop }
    const all = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][] // untyped keys
    for (const [type, listener] of all) document.addEventListener(type, listener)
    return () => {
      for (const [type, listener] of all) document.removeEventListener(type, listener)
    }
  }, [])

  if (!hovering) return null
  return (
    <div className={styles.drop} aria-hidden="true">
      <InboxOutlined />
      {label}
    </div>
  )
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}
