import { createContext } from 'react'

/** Told of each text that a copy button put on the clipboard. */
export const OnCopied = createContext<(text: string) => void>(() => {})
