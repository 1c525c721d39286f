import type { enUS } from './en-US.ts'

/** Every word of the console. English is the pattern: another language that lacks a word does not compile. */
export type Messages = typeof enUS
