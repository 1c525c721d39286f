import { CloseCircleFilled, SearchOutlined } from '@ant-design/icons'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import styles from './SearchInput.module.css'

const QUIET_MS = 250

/**
 * A search field that calls `onSearch` once the reader pauses, or presses Enter. Letters that an input method is still
 * composing are not searched for. `value` is what is searched for now; when it changes from outside, the field follows.
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

  // The value changed. When that is the answer to our own search, the reader may have typed on: their text stays.
  if (value !== seen) {
    setSeen(value)
    if (value !== sent) {
      setSent(value)
      setText(value)
    }
  }

  // A timer is outside React. A search that waits while the reader follows a link would call them back: the code of
  // the page that they go to may take longer than the pause. The router has taken a link whose default is prevented.
  useEffect(() => {
    const stop = () => clearTimeout(timer.current)
    const stopForLink = ({ defaultPrevented, target }: MouseEvent) => {
      if (defaultPrevented && target instanceof Element && target.closest('a')) stop()
    }
    document.addEventListener('click', stopForLink)
    return () => {
      document.removeEventListener('click', stopForLink)
      stop()
    }
  }, [])

  function search(typed: string) {
    clearTimeout(timer.current)
    const wanted = typed.trim()
    if (wanted === sent) return
    setSent(wanted)
    onSearch(wanted)
  }

  function searchSoon(typed: string) {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => search(typed), QUIET_MS)
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
          if (!composing.current) searchSoon(event.target.value)
        }}
        onCompositionStart={() => {
          composing.current = true
          clearTimeout(timer.current)
        }}
        onCompositionEnd={(event) => {
          composing.current = false
          searchSoon(event.currentTarget.value)
        }}
        onKeyDown={(event) => {
          // The Enter that takes an input method's proposal is not a search.
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
