import { clsx } from 'clsx'
import { type ReactElement, type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react'
import headerStyles from './header.module.css'

/**
 * A header button that opens a panel below it and moves the focus into the panel. A native popover: it closes on Escape
 * and on a click elsewhere, and returns the focus. `children` receives a function that closes it.
 */
export function HeaderMenu({
  label,
  button,
  className = '',
  children,
}: {
  label: string
  button: ReactNode
  className?: string
  children: (close: () => void) => ReactNode
}): ReactElement {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  function placeAndFocus(event: ToggleEvent<HTMLDivElement>) {
    if (event.newState !== 'open' || !opener.current || !panel.current) return
    const { left, bottom } = opener.current.getBoundingClientRect()
    const widest = document.documentElement.clientWidth - panel.current.offsetWidth - 8
    panel.current.style.left = `${Math.max(8, Math.min(left, widest))}px`
    panel.current.style.top = `${bottom + 6}px`
    const first = ['input', '[aria-pressed="true"]', 'button'].map((kind) => panel.current?.querySelector(kind))
    first.find((element) => element instanceof HTMLElement)?.focus()
  }

  return (
    <>
      <button
        ref={opener}
        type="button"
        className={clsx(headerStyles.button, className)}
        aria-label={label}
        aria-expanded={open}
        popoverTarget={id}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className={headerStyles.panel}
        role="dialog"
        aria-label={label}
        onBeforeToggle={(event) => setOpen(event.newState === 'open')}
        onToggle={placeAndFocus}
      >
        {open && children(() => panel.current?.hidePopover())}
      </div>
    </>
  )
}
