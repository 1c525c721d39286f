import { readFile } from 'node:fs/promises'
import type { ListeningApp } from '../../../testing/listening-app.ts'

export const GUIDE = await readFile(new URL('../../../../../docs/signing.md', import.meta.url), 'utf8')

/** Environment of the examples: that of this process, and their endpoint and key. */
export type Environment = NodeJS.ProcessEnv & { readonly CHARTROOM_ACCESS_KEY_ID: string }

/** Creates an access key of the administrator for the examples. */
export async function environmentOf(server: ListeningApp): Promise<Environment> {
  const pair = await (await server.ask('POST', '/console/account/access-keys', { body: { description: '' } })).json()
  return {
    ...process.env,
    CHARTROOM_ENDPOINT: server.origin,
    CHARTROOM_ACCESS_KEY_ID: pair.id,
    CHARTROOM_SECRET_ACCESS_KEY: pair.secret,
  }
}

/** Returns the only code block in this language that contains `word`. */
export function example(language: string, word: string): string {
  const blocks = Array.from(GUIDE.matchAll(/```(\w*)\n(.*?)\n```/gs), ([, name, text]) => ({ name, text: text ?? '' }))
  const [found, ...others] = blocks.filter(({ name, text }) => name === language && text.includes(word))
  if (!found || others.length > 0) throw new Error(`Expected exactly one example in ${language} with ${word}.`)
  return found.text
}
