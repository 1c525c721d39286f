import { FolderOpenOutlined, InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { clsx } from 'clsx'
import { type MouseEvent, type ReactElement, type Ref, useRef } from 'react'
import { useDropzone } from 'react-dropzone'
import { useMessages } from '../../i18n/use-messages.ts'
import styles from './DropZone.module.css'

/**
 * Area where files and folders can be dropped or chosen. All files are passed on, so that the list can say why a file
 * is not uploaded. `limit` is the maximum size of a chart, formatted.
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
  // No `accept`, as browsers disagree on the types of files. Their bytes decide instead.
  const { getRootProps, getInputProps, open, isDragActive } = useDropzone({ onDrop: onFiles, noKeyboard: true })

  // A click anywhere in the zone opens the file dialog; a click on a button must not do so as well.
  const withoutBubbling = (action: () => void) => (event: MouseEvent) => {
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
          event.target.value = '' // so that the same folder can be chosen again
        }}
      />
      <InboxOutlined className={styles.icon} aria-hidden />
      <div>
        <p className={styles.title}>{isDragActive ? upload.dropNow : upload.dropTitle}</p>
        <p className={styles.text}>{upload.dropText(limit)}</p>
      </div>
      <div className={styles.buttons}>
        <Button ref={buttonRef} onClick={withoutBubbling(open)}>
          {upload.chooseFiles}
        </Button>
        <Button icon={<FolderOpenOutlined aria-hidden />} onClick={withoutBubbling(() => folder.current?.click())}>
          {upload.chooseFolder}
        </Button>
      </div>
    </div>
  )
}

declare module 'react' {
  interface InputHTMLAttributes<T> {
    /** Makes the input choose a folder with all files in it. Source: File and Directory Entries API. */
    webkitdirectory?: T extends HTMLInputElement ? '' : never
  }
}
