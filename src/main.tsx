// Before the components, whose styles override it.
import './layout/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query-client.ts'
import { sessionQueries } from './api/session.ts'
import { Console } from './layout/Console.tsx'
import { CrashBoundary } from './layout/CrashBoundary.tsx'
import { notifyIfUpdated, watchForLostChunks } from './layout/lost-chunk.ts'
import { startTheme } from './layout/theme-choice.ts'
import { createConsoleRouter } from './routes.tsx'
import { started } from './start.ts'
import { showError } from './ui/feedback.ts'

startTheme()
watchForLostChunks()

// No top-level await: the awaited texts may be in chunks that import this one.
void started.then(render)

function render() {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root.')
  const queryClient = createQueryClient(showError)
  notifyIfUpdated()
  // Starts the requests for the session and, in the router, for the first page's data before rendering.
  void queryClient.prefetchQuery(sessionQueries.current())
  const router = createConsoleRouter(queryClient)
  createRoot(root).render(
    <StrictMode>
      <CrashBoundary>
        <Console queryClient={queryClient} router={router} />
      </CrashBoundary>
    </StrictMode>,
  )
}
