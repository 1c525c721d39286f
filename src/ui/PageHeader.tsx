import { Fragment, type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './PageHeader.module.css'
import { useDocumentTitle } from './use-document-title.ts'

/** A breadcrumb item; the current page has no `to`. */
export interface Crumb {
  readonly title: string
  readonly to?: string
}

/** Path whose heading was focused last: once per navigation, and not on the first page. */
let focusedPath: string | undefined

/**
 * The header of a page: breadcrumb, its only h1, and actions. The heading also becomes the document's title, and takes
 * the focus after a navigation within the console.
 */
export function PageHeader({
  title,
  page,
  within = [],
  breadcrumb = [],
  description,
  extra,
}: {
  title: string
  /** Precedes `title` in the document's title, to distinguish pages that share a heading. */
  page?: string | undefined
  /** Follows `title` in the document's title: the instance that the page belongs to. */
  within?: readonly string[]
  breadcrumb?: readonly Crumb[]
  description?: ReactNode
  extra?: ReactNode
}): ReactElement {
  const { common } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()

  useDocumentTitle([...(page === undefined ? [] : [page]), title, ...within].join(' · '))

  // The focus is outside React.
  useEffect(() => {
    const first = focusedPath === undefined
    if (!first && focusedPath !== pathname) heading.current?.focus({ preventScroll: true })
    focusedPath = pathname
  }, [pathname])

  return (
    <header className={styles.header}>
      {breadcrumb.length > 0 && (
        <nav aria-label={common.breadcrumb}>
          <ol className={styles.breadcrumb}>
            {breadcrumb.map((crumb, index) => (
              <Fragment key={crumb.to ?? crumb.title}>
                {index > 0 && (
                  <li aria-hidden="true" className={styles.separator}>
                    /
                  </li>
                )}
                <li title={crumb.title}>
                  {crumb.to ? <Link to={crumb.to}>{crumb.title}</Link> : <span>{crumb.title}</span>}
                </li>
              </Fragment>
            ))}
          </ol>
        </nav>
      )}
      <div className={styles.row}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {extra && <div className={styles.extra}>{extra}</div>}
      </div>
      {description && <p className={styles.description}>{description}</p>}
    </header>
  )
}
