import type { ReactElement, ReactNode } from 'react'
import { isWebAddress } from './web-address.ts'

/** A link to another site. URLs in charts are untrusted: only HTTP and HTTPS become links, anything else is text. */
export function ExternalLink({ href, children }: { href: string; children?: ReactNode }): ReactElement {
  if (!isWebAddress(href)) return <>{children ?? href}</>
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children ?? href}
    </a>
  )
}
