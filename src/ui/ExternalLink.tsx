import type { ReactElement, ReactNode } from 'react'
import { isWebAddress } from './web-address.ts'

/** A link to a page outside. What a chart says may be anything: only http and https become links, the rest is text. */
export function ExternalLink({ href, children }: { href: string; children?: ReactNode }): ReactElement {
  if (!isWebAddress(href)) return <>{children ?? href}</>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children ?? href}
    </a>
  )
}
