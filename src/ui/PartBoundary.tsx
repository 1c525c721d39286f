import { Component, type ReactNode, Suspense } from 'react'
import { currentMessages } from '../i18n/language.ts'
import { showError } from './feedback.ts'
import { forgetFailedLoad } from './lazy-part.tsx'

/**
 * Error boundary around a lazily loaded part of a page: a dialog, a drawer, a control. If the part fails to load or
 * throws, the page stays and a message says so. `onFailed` closes what was opened, so that it can be opened again;
 * without it, `fallback` replaces the part. `silent` leaves the message to `onFailed`.
 */
export class PartBoundary extends Component<
  { fallback?: ReactNode; onFailed?: () => void; silent?: boolean; children: ReactNode },
  { failed: boolean }
> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(error: unknown): void {
    forgetFailedLoad(error)
    if (!this.props.silent) showError(currentMessages().common.partFailed, 'part')
    if (!this.props.onFailed) return
    this.props.onFailed()
    this.setState({ failed: false })
  }

  override render(): ReactNode {
    const { fallback, children } = this.props
    return this.state.failed ? fallback : <Suspense fallback={fallback}>{children}</Suspense>
  }
}
