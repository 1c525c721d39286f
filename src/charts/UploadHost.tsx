import { type ReactElement, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { focusHeadingWhenLost } from '../ui/focus-heading.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { PageDrop } from './PageDrop.tsx'
import { useShortcut } from './use-shortcut.ts'

/** Loads the upload dialog and the code that reads charts. Call it early: on hovering the button, on dragging files. */
export const loadUploadDialog = () => import('./upload/UploadDialog.tsx')
const UploadDialog = lazyPart(async () => (await loadUploadDialog()).UploadDialog)

const NO_FILES: readonly File[] = []

/**
 * The upload dialog of a page, and its two shortcuts: the key U, and files dropped anywhere on the page. The dialog
 * unmounts after its closing animation.
 */
export function UploadHost({
  open,
  instanceId,
  namespace,
  fixed = false,
  onOpen,
  onClose,
}: {
  open: boolean
  instanceId: string
  namespace: string | undefined
  /** Disables the choice of a namespace. */
  fixed?: boolean
  onOpen: () => void
  onClose: () => void
}): ReactElement {
  const { charts } = useMessages()
  const [shown, setShown] = useState(open)
  const [dropped, setDropped] = useState(NO_FILES)
  if (open && !shown) setShown(true)
  useShortcut('u', onOpen)

  if (!shown) {
    return (
      <PageDrop
        label={charts.dropHere}
        onEnter={() => void loadUploadDialog()}
        onFiles={(files) => {
          setDropped(files)
          onOpen()
        }}
      />
    )
  }
  return (
    <PartBoundary
      onFailed={() => {
        onClose()
        setShown(false)
      }}
    >
      <UploadDialog
        open={open}
        instanceId={instanceId}
        namespace={namespace}
        fixed={fixed}
        files={dropped}
        onClose={onClose}
        onClosed={() => {
          // A dialog opened by a key or a drop has no button to return the focus to.
          focusHeadingWhenLost()
          setShown(false)
          setDropped(NO_FILES)
        }}
      />
    </PartBoundary>
  )
}
