import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { loadLanguage, preferredLanguage } from './i18n/language.ts'
import { Console } from './layout/Console.tsx'
import { CrashBoundary } from './layout/CrashBoundary.tsx'
import { loadComponentWords } from './layout/component-words.ts'
import { startTheme } from './layout/theme-choice.ts'
import './layout/base.css'
import './ui/ui.css'

startTheme()

const language = preferredLanguage()
// Not awaited by the module itself: the code of a language may stand in chunks that import this one.
void Promise.all([loadLanguage(language), loadComponentWords(language)]).then(draw)

function draw() {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root.')
  createRoot(root).render(
    <StrictMode>
      <CrashBoundary>
        <Console />
      </CrashBoundary>
    </StrictMode>,
  )
}
