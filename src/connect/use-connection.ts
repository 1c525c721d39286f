import { useSearchParams } from 'react-router'
import * as z from 'zod/mini'
import { readListParams } from '../ui/list-search-params.ts'
import { versionParam } from '../versions/version-param.ts'
import { CLIENT_PROTOCOLS, CLIENTS, type Client } from './clients.ts'

/** URL parameters of the connect panel, so that a link can open it. */
const connectionParams = z.object({
  /** Omitted while the panel is closed. */
  connect: z.optional(z.enum(CLIENTS)),
  /** Omitted for the client's first protocol that works. */
  by: z.optional(z.enum(CLIENT_PROTOCOLS)),
  /** A version; omitted for the page's own, or the latest. */
  for: z.optional(versionParam),
})
export type Connection = z.output<typeof connectionParams>

const STORAGE_KEY = 'chartroom.client'

/** The connection in the URL, and functions to change it. Other URL parameters are kept. */
export function useConnection(): {
  connection: Connection
  /** Opens the panel with the client that was selected last. */
  open: (version?: string) => void
  change: (change: Connection) => void
  close: () => void
} {
  const [search, setSearch] = useSearchParams()
  const update = (changes: Connection, replace: boolean) =>
    setSearch(
      (current) => {
        const changed = new URLSearchParams(current)
        for (const [key, value] of Object.entries(changes)) {
          if (value === undefined) changed.delete(key)
          else changed.set(key, value)
        }
        return changed
      },
      { replace, preventScrollReset: true },
    )
  return {
    connection: readListParams(connectionParams, search),
    open: (version) => update({ connect: lastClient(), by: undefined, for: version }, false),
    change: (changes) => {
      if (changes.connect) localStorage.setItem(STORAGE_KEY, changes.connect)
      update(changes, true)
    },
    close: () => update({ connect: undefined, by: undefined, for: undefined }, false),
  }
}

function lastClient(): Client {
  const chosen = localStorage.getItem(STORAGE_KEY)
  return CLIENTS.find((client) => client === chosen) ?? CLIENTS[0]
}
