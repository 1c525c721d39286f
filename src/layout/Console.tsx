import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd'
import { clsx } from 'clsx'
import { type ReactElement, useMemo } from 'react'
import type { DataRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { useLanguage } from '../i18n/use-messages.ts'
import { FeedbackHost } from '../ui/FeedbackHost.tsx'
import { reducedMotion } from '../ui/reduced-motion.ts'
import { useStore } from '../use-store.ts'
import { RunningDownloads } from '../versions/RunningDownloads.tsx'
import styles from './Console.module.css'
import { componentTexts } from './component-texts.ts'
import { consoleTheme, PALETTE } from './theme.ts'
import { currentTheme } from './theme-choice.ts'
import { useDropGuard } from './use-drop-guard.ts'

const NO_BLUR = { mask: { blur: false } }

/** The root component: theme and texts of antd's components, the query client, and the pages. */
export function Console({ queryClient, router }: { queryClient: QueryClient; router: DataRouter }): ReactElement {
  const language = useLanguage()
  const { isDark } = useStore(currentTheme)
  const isStill = useStore(reducedMotion)
  const theme = useMemo(() => consoleTheme({ isDark, isStill }), [isDark, isStill])
  const locale = componentTexts(language)
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
