import { readFile } from 'node:fs/promises'
import type { ListeningApp } from '../../../testing/listening-app.ts'

export const GUIDE = await readFile(new URL('../../../../../docs/signing.md', import.meta.url), 'utf8')

/** What the examples of the guide find in their environment, beside that of this process. */
export type Environment = NodeJS.ProcessEnv & { readonly CHARTROOM_ACCESS_KEY_ID: string }

/** Gives the administrator an access key for the examples. */
export async function environmentOf(server: ListeningApp): Promise<Environment> {
  const pair = await (await server.ask('POST', '/console/account/access-keys', { body: { description: '' } })).json()
  return {
    ...process.env,
    CHARTROOM_ENDPOINT: server.origin,
    CHARTROOM_ACCESS_KEY_ID: pair.id,
    CHARTROOM_SECRET_ACCESS_KEY: pair.secret,
  }
}

/** The one block of that language that has `word` in it. */
export function example(language: string, word: string): string {
  const blocks = Array.from(GUIDE.matchAll(/```(\w*)\n(.*?)\n```/gs), ([, name, text]) => ({ name, text: text ?? '' }))
  const [found, ...others] = blocks.filter(({ name, text }) => name === language && text.includes(word))
  if (!found || others.length > 0) throw new Error(`Not one example in ${language} with ${word}.`)
  return found.text
}
