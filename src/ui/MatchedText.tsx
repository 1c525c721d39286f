import type { ReactElement } from 'react'
import { fuzzyMatch } from '../../chart/fuzzy.ts'
import { matchedRuns } from './matched-runs.ts'

/** Renders `text` with the characters highlighted that `query` matched. */
export function MatchedText({ text, query }: { text: string; query: string }): ReactElement {
  const positions = fuzzyMatch(query, text)?.positions ?? []
  if (positions.length === 0) return <>{text}</>
  return (
    <>
      {matchedRuns(text, positions).map((run) =>
        run.matched ? <mark key={run.start}>{run.text}</mark> : <span key={run.start}>{run.text}</span>,
      )}
    </>
  )
}
