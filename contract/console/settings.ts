import * as z from 'zod/mini'
import { nothing } from '../empty.ts'
import { endpoint } from '../endpoint.ts'

/** Settings of the server that the console needs before any other request. */
export const Settings = z.object({
  version: z.string(),
  /** Public base URL without a trailing slash: `https://charts.example.org`. */
  publicUrl: z.string(),
  /** Maximum size of a chart archive, in bytes. */
  maxUploadBytes: z.number(),
})
export type Settings = z.infer<typeof Settings>

export const settingsEndpoints = {
  get: endpoint({
    method: 'GET',
    path: '/console/settings',
    needs: 'session',
    about: 'registry',
    params: nothing,
    query: nothing,
    body: 'none',
    response: Settings,
  }),
}
