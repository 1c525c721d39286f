import { useSearchParams } from 'react-router'
import * as z from 'zod/mini'
import { readListParams } from '../ui/list-search-params.ts'
import { versionParam } from '../versions/version-param.ts'
import { CLIENTS, type Client, WAYS } from './clients.ts'

/** What the panel shows, as the address carries it, so that it can be sent to somebody else. */
const connectionParams = z.object({
  /** Without it the panel is closed. */
  connect: z.optional(z.enum(CLIENTS)),
  /** Without it the better way that the client knows. */
  by: z.optional(z.enum(WAYS)),
  /** A version; without it the one of the page, or the latest. */
  for: z.optional(versionParam),
})
export type Connection = z.output<typeof connectionParams>

const STORAGE_KEY = 'chartroom.client'

/** The connection that the address names, and what changes it. Everything else in the address stays. */
export function useConnection(): {
  connection: Connection
  /** Opens the panel with the client that was chosen last. */
  open: (version?: string) => void
  change: (change: Connection) => void
  close: () => void
} {
  const [search, setSearch] = useSearchParams()
  const change = (wanted: Connection, replace: boolean) =>
    setSearch(
      (current) => {
        const changed = new URLSearchParams(current)
        for (const [key, value] of Object.entries(wanted)) {
          if (value === undefined) changed.delete(key)
          else changed.set(key, value)
        }
        return changed
      },
      { replace, preventScrollReset: true },
    )
  return {
    connection: readListParams(connectionParams, search),
    open: (version) => change({ connect: lastClient(), by: undefined, for: version }, false),
    change: (wanted) => {
      if (wanted.connect) localStorage.setItem(STORAGE_KEY, wanted.connect)
      change(wanted, true)
    },
    close: () => change({ connect: undefined, by: undefined, for: undefined }, false),
  }
}

function lastClient(): Client {
  const chosen = localStorage.getItem(STORAGE_KEY)
  return CLIENTS.find((client) => client === chosen) ?? CLIENTS[0]
}
