import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import { type ReactElement, useMemo, useState, useSyncExternalStore } from 'react'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from '../api/query-client.ts'
import { sessionQueries } from '../api/session.ts'
import { useLanguage } from '../i18n/use-messages.ts'
import { createConsoleRouter } from '../routes.tsx'
import { isStill, subscribeToMotion } from '../ui/reduced-motion.ts'
import { RunningDownloads } from '../versions/RunningDownloads.tsx'
import { componentWords } from './component-words.ts'
import { consoleTheme } from './theme.ts'
import { isDark, subscribeToTheme } from './theme-choice.ts'
import { useDropGuard } from './use-drop-guard.ts'

/** Long enough to read two sentences. */
const ERROR_SHOWN_FOR_S = 6
const NO_BLUR = { mask: { blur: false } }

/** The whole console: theme and words for antd's components, then what the server knows, then the pages. */
export function Console(): ReactElement {
  const language = useLanguage()
  const dark = useSyncExternalStore(subscribeToTheme, isDark)
  const still = useSyncExternalStore(subscribeToMotion, isStill)
  const theme = useMemo(() => consoleTheme({ dark, still }), [dark, still])
  const locale = componentWords(language)
  useDropGuard()
  return (
    <ConfigProvider
      theme={theme}
      {...(locale && { locale })}
      button={{ autoInsertSpace: false }}
      modal={NO_BLUR}
      drawer={NO_BLUR}
    >
      <App className="console">
        <Pages />
        <RunningDownloads />
      </App>
    </ConfigProvider>
  )
}

function Pages() {
  const { message } = App.useApp()
  const [queryClient] = useState(() => {
    const client = createQueryClient((text) => void message.error(text, ERROR_SHOWN_FOR_S))
    // Who is signed in is asked while the code of the first page is still on its way.
    void client.prefetchQuery(sessionQueries.current())
    return client
  })
  const [router] = useState(createConsoleRouter)
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  )
}
