import { Component, type ReactNode } from 'react'
import { CrashMessage } from './CrashPage.tsx'

/** Error boundary for errors outside the router, which would otherwise leave a blank page. */
export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false }

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true }
  }

  override render(): ReactNode {
    return this.state.crashed ? <CrashMessage /> : this.props.children
  }
}
