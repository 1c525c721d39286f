import type { App } from 'antd'
import type { DeletionText } from './DeletionText.tsx'

/**
 * antd's messages, notifications and dialogs, in the theme and the language of the page; with them what a question
 * before a deletion shows, which the first page can do without too.
 */
export interface Feedback extends ReturnType<typeof App.useApp> {
  readonly DeletionText: typeof DeletionText
}

/** Long enough to read two sentences. */
const ERROR_SHOWN_FOR_S = 6

const given = Promise.withResolvers<Feedback>()
const listeners = new Set<() => void>()
let wanted = false

/** Says that something has worked. */
export function showSuccess(text: string): void {
  void feedback().then(({ message }) => message.success(text))
}

/**
 * Says what has failed and has no place of its own on the page. Messages of one cause share a `key`: the next one
 * replaces the one on screen. Without a key the text is the cause.
 */
export function showError(text: string, key: string = text): void {
  void feedback().then(({ message }) =>
    message.open({ type: 'error', content: text, duration: ERROR_SHOWN_FOR_S, key }),
  )
}

/** Says something that the reader did not ask for and should know. */
export function showInfo(text: string): void {
  void feedback().then(({ message }) =>
    message.open({ type: 'info', content: text, duration: ERROR_SHOWN_FOR_S, key: text }),
  )
}

/** What {@link FeedbackHost} draws. Its code comes after the first page: that page shows none of it. */
export function feedback(): Promise<Feedback> {
  if (!wanted) {
    wanted = true
    for (const listener of listeners) listener()
  }
  return given.promise
}

/** Hands it out to all who wait for it. */
export function giveFeedback(feedback: Feedback): void {
  given.resolve(feedback)
}

/** Whether anybody has asked: for React's useSyncExternalStore, together with {@link subscribeToFeedback}. */
export function isFeedbackWanted(): boolean {
  return wanted
}

/** Calls `listener` when somebody asks for the first time, until the returned function is called. */
export function subscribeToFeedback(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
