import * as z from 'zod/mini'
import type { Messages } from '../i18n/messages.ts'

/** The first thing wrong with each value, by its path in the body: `name`, `tags.0.tagKey`. */
export type FieldProblems = Readonly<Record<string, string>>

/** What a schema of the contract finds wrong with `value`, by the contract's own words; none when it is right. */
export function fieldProblems(schema: z.ZodMiniType, value: unknown): FieldProblems {
  const parsed = z.safeParse(schema, value)
  const problems: Record<string, string> = {}
  for (const issue of parsed.error?.issues ?? []) problems[issue.path.join('.')] ??= issue.message
  return problems
}

/** A problem's word as a sentence; undefined when there is no problem. */
export function fieldSentence(problem: string | undefined, { common }: Messages): string | undefined {
  if (problem === undefined) return undefined
  const sentences: Readonly<Record<string, string>> = common.fieldProblems
  return sentences[problem] ?? problem
}
