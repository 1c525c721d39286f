import { App } from 'antd'
import { type ReactElement, useEffect } from 'react'
import { DeletionText } from './DeletionText.tsx'
import { DialogFooter } from './DialogFooter.tsx'
import { provideFeedback } from './feedback.ts'

/** antd's layer of messages and dialogs, provided to `feedback.ts`. */
export function FeedbackLayer(): ReactElement {
  return (
    <App component={false}>
      <Provider />
    </App>
  )
}

function Provider() {
  const app = App.useApp()
  // Callers of `feedback()` are outside React.
  useEffect(() => provideFeedback({ ...app, DeletionText, DialogFooter }), [app])
  return null
}
