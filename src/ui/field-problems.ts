import * as z from 'zod/mini'
import type { Messages } from '../i18n/messages.ts'

/** Code of the first problem of each invalid value, by its path in the body: `name`, `tags.0.tagKey`. */
export type FieldProblems = Readonly<Record<string, string>>

/** Validates `value` by a schema of the contract; empty if valid. */
export function fieldProblems(schema: z.ZodMiniType, value: unknown): FieldProblems {
  const parsed = z.safeParse(schema, value)
  const problems: Record<string, string> = {}
  for (const issue of parsed.error?.issues ?? []) problems[issue.path.join('.')] ??= issue.message
  return problems
}

/** Translates the code of a problem; undefined without a problem. */
export function fieldSentence(problem: string | undefined, { common }: Messages): string | undefined {
  if (problem === undefined) return undefined
  const sentences: Readonly<Record<string, string>> = common.fieldProblems
  return sentences[problem] ?? problem
}
