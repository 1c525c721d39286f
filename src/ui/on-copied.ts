import { createContext } from 'react'

/** Called with each text that a copy button below it in the tree has copied. */
export const OnCopied = createContext<(text: string) => void>(() => {})
