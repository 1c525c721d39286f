import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** What the console must know of the server before it asks for anything else. */
export const Settings = z.object({
  version: z.string(),
  /** Address that people and clients use, without a trailing slash: `https://charts.example.org`. */
  publicUrl: z.string(),
  /** Bytes of a chart archive at most. */
  maxUploadBytes: z.number(),
})
export type Settings = z.infer<typeof Settings>

export const getSettings = endpoint({
  method: 'GET',
  path: '/console/settings',
  needs: 'session',
  params: nothing,
  query: nothing,
  body: 'none',
  response: Settings,
})
