import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useMemo, useSyncExternalStore } from 'react'
import type { DataRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { useLanguage } from '../i18n/use-messages.ts'
import { FeedbackHost } from '../ui/FeedbackHost.tsx'
import { isStill, subscribeToMotion } from '../ui/reduced-motion.ts'
import { RunningDownloads } from '../versions/RunningDownloads.tsx'
import styles from './Console.module.css'
import { componentWords } from './component-words.ts'
import { consoleTheme, PALETTE } from './theme.ts'
import { isDark, subscribeToTheme } from './theme-choice.ts'
import { useDropGuard } from './use-drop-guard.ts'

const NO_BLUR = { mask: { blur: false } }

/** The whole console: theme and words for antd's components, then what the server knows, then the pages. */
export function Console({ queryClient, router }: { queryClient: QueryClient; router: DataRouter }): ReactElement {
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
      <div className={clsx(styles.console, PALETTE)}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
        <RunningDownloads />
        <FeedbackHost />
      </div>
    </ConfigProvider>
  )
}
