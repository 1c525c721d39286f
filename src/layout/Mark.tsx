import type { ReactElement } from 'react'

/** The product's logo: a folded map with a pin. */
export function Mark({ size = 28 }: { size?: number }): ReactElement {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#1267b3" />
      <g fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7 9.5l6-2 6 2 6-2v15l-6 2-6-2-6 2z" />
        <path d="M13 7.5v15M19 9.5v15" opacity=".55" />
      </g>
      <circle cx="20.5" cy="14.5" r="2.6" fill="#ffb454" />
    </svg>
  )
}
