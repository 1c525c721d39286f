import { App } from 'antd'
import { type ReactElement, useEffect } from 'react'
import { DeletionText } from './DeletionText.tsx'
import { giveFeedback } from './feedback.ts'

/** antd's layer of messages and dialogs, handed to those who asked for it. */
export function FeedbackLayer(): ReactElement {
  return (
    <App component={false}>
      <Hand />
    </App>
  )
}

function Hand() {
  const app = App.useApp()
  // Those who ask are outside React.
  useEffect(() => giveFeedback({ ...app, DeletionText }), [app])
  return null
}
