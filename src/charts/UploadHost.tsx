import { type ReactElement, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { focusHeadingWhenLost } from '../ui/focus-heading.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { PageDrop } from './PageDrop.tsx'
import { useShortcut } from './use-shortcut.ts'

/** Loads the upload dialog's code, which opens and checks charts: as soon as somebody seems to want it. */
export const loadUploadDialog = () => import('./upload/UploadDialog.tsx')
const UploadDialog = lazyPart(async () => (await loadUploadDialog()).UploadDialog)

const NONE: readonly File[] = []

/**
 * The upload dialog over a page that says whether it is open, and the ways to it that need no button: the key U, and
 * files dropped anywhere on the page. The dialog stays until it has closed before the reader's eyes.
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
  /** Whether the namespace cannot be changed. */
  fixed?: boolean
  onOpen: () => void
  onClose: () => void
}): ReactElement {
  const { charts } = useMessages()
  const [shown, setShown] = useState(open)
  const [dropped, setDropped] = useState(NONE)
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
          // Opened by a key or a drop, the dialog has no button to give the focus back to.
          focusHeadingWhenLost()
          setShown(false)
          setDropped(NONE)
        }}
      />
    </PartBoundary>
  )
}
