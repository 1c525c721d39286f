import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '../context.ts'
import type { KnownCaller } from '../registry/call.ts'
import { databaseCache } from '../registry/database-cache.ts'
import { countCaller } from './count-request.ts'
import { headersOfManagementApi, REQUEST_ID_HEADER } from './every-request.ts'
import type { HttpContext } from './http-env.ts'
import { JSON_HEADERS } from './json-headers.ts'

/** The JSON of an answer of the management API, of what state of the database it is, and who has been given it. */
interface Answer {
  readonly state: string
  readonly json: string
  /** By all that they said of themselves, their cookies. */
  readonly askers: Map<string, Asker>
}

/** Somebody who was found to be allowed to read the answer, in the state that it is of. */
interface Asker {
  readonly caller: KnownCaller
  /** Until when their session need not be moved on. */
  readonly until: string
}

/** Answers that are kept, in bytes. */
const KEPT_BYTES = 4 * 1024 * 1024
/** Askers that are remembered of each; the first one makes room. */
const ASKERS = 20
/** Letters of their cookies. Who has more of them is asked who they are each time. */
const COOKIE_LENGTH = 1000

const answers = databaseCache<Answer>({
  room: KEPT_BYTES,
  sizeOf: ({ json }) => 2 * json.length + ASKERS * COOKIE_LENGTH,
  stateOf: ({ state }) => state,
})

/**
 * The JSON that `make` gives, kept for this address until something is written to the database. Whoever asks has been
 * found to be allowed to read it.
 */
export async function keptAnswer(c: HttpContext, { registry }: Context, make: () => Promise<string>): Promise<string> {
  const state = await registry.database.state()
  const incoming = c.env?.incoming
  const { json, askers } = await answers(registry).get(incoming?.url ?? c.req.url, state, async () => {
    return { state, json: await make(), askers: new Map() }
  })
  const cookie = incoming && cookieAlone(incoming)
  const session = c.get('session')
  // Of a state before, the session may have lost what the answer needs.
  if (cookie !== undefined && session?.state === state) {
    remember(askers, cookie, { caller: session.caller, until: session.slides })
  }
  return json
}

function remember(askers: Answer['askers'], cookie: string, asker: Asker): void {
  askers.delete(cookie)
  for (const first of askers.keys()) {
    if (askers.size < ASKERS) break
    askers.delete(first)
  }
  askers.set(cookie, asker)
}

/** Sends the answer that is kept for a request, and tells whether there is one. Rejects where there may be none. */
export type AnswerAgain = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean>

/**
 * Answers by {@link keptAnswer} those who ask in the same words as when they were found to be allowed to: nothing that
 * this hung on has been written since. What it leaves is for the app to answer. Rejects with `rate-exceeded`, which is
 * for the app to say, too.
 */
export function answerAgain(context: Context): AnswerAgain {
  const { registry } = context
  const headers = Object.entries({ ...headersOfManagementApi(registry), ...JSON_HEADERS }).flat()
  return async (incoming, outgoing) => {
    const cookie = cookieAlone(incoming)
    if (cookie === undefined) return false
    const answer = answers(registry).find(incoming.url ?? '', await registry.database.state())
    const asker = answer?.askers.get(cookie)
    if (!answer || !asker || asker.until <= registry.now()) return false
    await countCaller(context, asker.caller)
    const length = String(Buffer.byteLength(answer.json))
    outgoing.writeHead(200, [...headers, REQUEST_ID_HEADER, randomUUID(), 'Content-Length', length])
    outgoing.end(answer.json)
    return true
  }
}

/** The cookies of a request that reads, and says nothing else of who asks. */
function cookieAlone({ method, headers }: IncomingMessage): string | undefined {
  const { authorization, cookie = '' } = headers
  const isAlone = method === 'GET' && authorization === undefined && cookie !== ''
  return isAlone && cookie.length <= COOKIE_LENGTH ? cookie : undefined
}
