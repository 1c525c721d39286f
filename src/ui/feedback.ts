import type { App } from 'antd'
import { createStore, type ReadableStore } from '../create-store.ts'
import type { DeletionText } from './DeletionText.tsx'
import type { DialogFooter } from './DialogFooter.tsx'

/**
 * antd's messages, notifications and dialogs, in the theme and language of the page, and the parts of deletion
 * dialogs, which the first page does not need either.
 */
export interface Feedback extends ReturnType<typeof App.useApp> {
  readonly DeletionText: typeof DeletionText
  readonly DialogFooter: typeof DialogFooter
}

/** Long enough to read two sentences. */
const ERROR_SHOWN_FOR_S = 6

const provided = Promise.withResolvers<Feedback>()
const requested = createStore(false)

/** Shows that an action succeeded. */
export function showSuccess(text: string): void {
  void feedback().then(({ message }) => message.success(text))
}

/**
 * Shows a failure that no part of the page displays. A message replaces the one on screen with the same `key`, which
 * is the text by default: one message per cause.
 */
export function showError(text: string, key: string = text): void {
  void feedback().then(({ message }) =>
    message.open({ type: 'error', content: text, duration: ERROR_SHOWN_FOR_S, key }),
  )
}

/** Shows information that the user did not ask for. */
export function showInfo(text: string): void {
  void feedback().then(({ message }) =>
    message.open({ type: 'info', content: text, duration: ERROR_SHOWN_FOR_S, key: text }),
  )
}

/** Resolves when {@link FeedbackHost} has rendered its layer, whose code is loaded after the first paint. */
export function feedback(): Promise<Feedback> {
  if (!requested.get()) requested.set(true)
  return provided.promise
}

/** Resolves all pending and future calls of {@link feedback}. */
export function provideFeedback(feedback: Feedback): void {
  provided.resolve(feedback)
}

/** Whether {@link feedback} has been called. */
export const isFeedbackRequested: ReadableStore<boolean> = requested
