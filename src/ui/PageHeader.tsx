import { Fragment, type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { Link, useLocation } from 'react-router'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './PageHeader.module.css'
import { useDocumentTitle } from './use-document-title.ts'

/** A step of the way to a page; one without `to` is where the reader is. */
export interface Crumb {
  readonly title: string
  readonly to?: string
}

/** The path whose heading had the focus last: it is given once for each navigation, and not on the first page. */
let focusedPath: string | undefined

/**
 * The top of a page: where it is, its one heading, and what can be done with it. The heading is the document's title
 * too, and takes the focus when the reader came here by a link.
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
  /** What the document's title names before `title`: which page of several under one heading this is. */
  page?: string | undefined
  /** What the document's title names after `title`: of which instance the page is. */
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
