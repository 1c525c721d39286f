// Before the components and their styles, which refine it.
import './layout/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './api/query-client.ts'
import { sessionQueries } from './api/session.ts'
import { Console } from './layout/Console.tsx'
import { CrashBoundary } from './layout/CrashBoundary.tsx'
import { sayIfUpdated, watchForLostChunks } from './layout/lost-chunk.ts'
import { startTheme } from './layout/theme-choice.ts'
import { createConsoleRouter } from './routes.tsx'
import { started } from './start.ts'
import { showError } from './ui/feedback.ts'

startTheme()
watchForLostChunks()

// Not awaited by the module itself: what it waits for may stand in chunks that import this one.
void started.then(draw)

function draw() {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root.')
  const queryClient = createQueryClient(showError)
  sayIfUpdated()
  // Who is signed in, and what the first page shows, is asked for before anything is drawn.
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
