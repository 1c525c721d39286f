import { FolderOpenOutlined, InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { clsx } from 'clsx'
import { type MouseEvent, type ReactElement, type Ref, useRef } from 'react'
import { useDropzone } from 'react-dropzone'
import { useMessages } from '../../i18n/use-messages.ts'
import styles from './DropZone.module.css'

/**
 * Where files are dropped, pasted or chosen; folders too. Every file is handed on: what is no chart is told so in the
 * list, instead of going missing. `limit` is how large a chart may be, in words.
 */
export function DropZone({
  limit,
  small,
  buttonRef,
  onFiles,
}: {
  limit: string
  small: boolean
  buttonRef: Ref<HTMLButtonElement>
  onFiles: (files: readonly File[]) => void
}): ReactElement {
  const { upload } = useMessages()
  const folder = useRef<HTMLInputElement>(null)
  // No `accept`: browsers see different types in the same file. What a file is, its bytes say.
  const { getRootProps, getInputProps, open, isDragActive } = useDropzone({ onDrop: onFiles, noKeyboard: true })

  // The whole zone opens the file dialog for a mouse; its buttons must not do so a second time.
  const alone = (action: () => void) => (event: MouseEvent) => {
    event.stopPropagation()
    action()
  }

  return (
    <div
      {...getRootProps({
        className: clsx(styles.zone, small && styles.small, isDragActive && styles.over),
      })}
    >
      <input {...getInputProps({ 'aria-label': upload.filesInput })} />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label={upload.folderInput}
        webkitdirectory=""
        onClick={(event) => event.stopPropagation()}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = '' // or the same folder could not be chosen again
        }}
      />
      <InboxOutlined className={styles.icon} aria-hidden />
      <div>
        <p className={styles.title}>{isDragActive ? upload.dropNow : upload.dropTitle}</p>
        <p className={styles.text}>{upload.dropText(limit)}</p>
      </div>
      <div className={styles.buttons}>
        <Button ref={buttonRef} onClick={alone(open)}>
          {upload.chooseFiles}
        </Button>
        <Button icon={<FolderOpenOutlined aria-hidden />} onClick={alone(() => folder.current?.click())}>
          {upload.chooseFolder}
        </Button>
      </div>
    </div>
  )
}

declare module 'react' {
  interface InputHTMLAttributes<T> {
    /** Lets the input choose a folder and hand over all files in it: HTML, File and Directory Entries API. */
    webkitdirectory?: T extends HTMLInputElement ? '' : never
  }
}
