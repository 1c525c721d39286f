import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './SearchInput.module.css'

const DEBOUNCE_MS = 250

/**
 * A search field that calls `onSearch` debounced, or at once on Enter. Text that an input method is still composing is
 * not searched for. `value` is the current search; when it changes from outside, the field follows.
 */
export function SearchInput({
  label,
  value,
  onSearch,
  placeholder,
}: {
  label: string
  value: string
  onSearch: (text: string) => void
  placeholder?: string
}): ReactElement {
  const { common } = useMessages()
  const [text, setText] = useState(value)
  const [sent, setSent] = useState(value)
  const [seen, setSeen] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const composing = useRef(false)
  const input = useRef<HTMLInputElement>(null)

  // A change that results from our own search must not replace what the user has typed since.
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) {
      setSent(value)
      setText(value)
    }
  }

  // The timer is outside React. A link cancels the pending search, which would otherwise navigate back here while the
  // code of the next page loads. A click on a link that the router handles has its default prevented.
  useEffect(() => {
    const cancel = () => clearTimeout(timer.current)
    const cancelForLink = ({ defaultPrevented, target }: MouseEvent) => {
      if (defaultPrevented && target instanceof Element && target.closest('a')) cancel()
    }
    document.addEventListener('click', cancelForLink)
    return () => {
      document.removeEventListener('click', cancelForLink)
      cancel()
    }
  }, [])

  function search(typed: string) {
    clearTimeout(timer.current)
    const query = typed.trim()
    if (query === sent) return
    setSent(query)
    onSearch(query)
  }

  function searchDebounced(typed: string) {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => search(typed), DEBOUNCE_MS)
  }

  return (
    <span className={styles.field}>
      <SearchOutlined aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          if (!composing.current) searchDebounced(event.target.value)
        }}
        onCompositionStart={() => {
          composing.current = true
          clearTimeout(timer.current)
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          searchDebounced(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          // Enter during composition accepts the input method's suggestion.
          if (event.key === 'Enter' && !composing.current) search(event.currentTarget.value)
        }}
      />
      <button
        type="button"
        className={styles.clear}
        aria-label={common.clearSearch}
        hidden={text === ''}
        onClick={() => {
          setText('')
          search('')
          input.current?.focus()
        }}
      >
        <CloseCircleFilled aria-hidden />
      </button>
    </span>
  )
}
