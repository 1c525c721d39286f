import type { enUS } from './en-US.ts'

/** All texts of the console. English defines the type: another language that lacks a text does not compile. */
export type Messages = typeof enUS
