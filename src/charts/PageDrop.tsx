import { InboxOutlined } from '@ant-design/icons'
import { type ReactElement, useEffect, useEffectEvent, useState } from 'react'
import { droppedFiles } from './dropped-files.ts'
import styles from './PageDrop.module.css'

/**
 * Takes files that are dropped anywhere on the page. There is always a button for the same, so what is drawn while
 * something hovers is for the eye only. `onEnter` comes first, in time to load what the files need.
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
    if (!bringsFiles(event)) return
    event.preventDefault()
    if (!hovering) onEnter()
    setHovering(true)
  })
  const leave = useEffectEvent((event: DragEvent) => {
    // Going over to another element is a "leave" too; only out of the window there is nothing to go to.
    if (event.relatedTarget === null) setHovering(false)
  })
  const drop = useEffectEvent((event: DragEvent) => {
    setHovering(false)
    if (!bringsFiles(event) || !event.dataTransfer) return
    event.preventDefault()
    void droppedFiles(event.dataTransfer).then(onFiles)
  })

  // The page around this part of it is outside React.
  useEffect(() => {
    const listeners = { dragenter: enter, dragover: enter, dragleave: leave, drop }
    const all = Object.entries(listeners) as [keyof typeof listeners, (event: DragEvent) => void][] // lost by entries
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

function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}
