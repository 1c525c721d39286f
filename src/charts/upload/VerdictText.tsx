import { LoadingOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { problemMessage } from '../../../chart/problem-messages.ts'
import { useLanguage, useMessages } from '../../i18n/use-messages.ts'
import { formatBytes, formatTime, shortDigest } from '../../ui/format.ts'
import { Badge, type BadgeTone } from '../Badge.tsx'
import type { ChartCandidate } from './arrange-files.ts'
import styles from './VerdictText.module.css'
import type { Verdict } from './verdict.ts'

/** A verdict in one word and one sentence; nothing while no namespace is chosen, which is said once over the list. */
export function VerdictText({
  verdict,
  chart: { file, reading },
  name,
}: {
  verdict: Verdict
  chart: ChartCandidate
  name: string
}): ReactElement | null {
  const { upload } = useMessages()
  const language = useLanguage()
  const { verdicts } = upload
  const sealed = reading.state === 'sealed'
  const said = wordsOf()
  if (!said) return null

  return (
    <div className={styles.verdict}>
      {said.word ? <Badge tone={said.tone ?? 'plain'}>{said.word}</Badge> : <LoadingOutlined aria-hidden />}
      <span className={styles.text}>
        {said.text}
        {sealed && ` ${verdicts.sealedText} ${verdicts.sealedName}`}
      </span>
    </div>
  )

  function wordsOf(): { tone?: BadgeTone; word?: string; text: string } | null {
    switch (verdict.kind) {
      case 'reading':
      case 'checking':
        return { text: verdicts[verdict.kind] }
      case 'unasked':
        return null
      case 'unchecked':
        return { tone: 'bad', word: upload.failed, text: `${verdicts.unchecked} ${verdict.message}` }
      case 'refused':
        return { tone: 'bad', word: verdicts.refused, text: problemMessage(verdict.problem, language) }
      case 'unreadable':
        return { tone: 'bad', word: verdicts.refused, text: verdicts.unreadable }
      case 'too-large':
        return {
          tone: 'bad',
          word: verdicts.refused,
          text: verdicts.tooLarge(formatBytes(file.size), formatBytes(verdict.limit)),
        }
      case 'provenance-refused':
        return { tone: 'bad', word: verdicts.provenanceRefused, text: problemMessage(verdict.problem, language) }
      case 'repeated':
        return { tone: 'plain', word: verdicts.repeated, text: verdicts.repeatedText }
      case 'undecided':
        return { tone: 'attention', word: verdicts.undecided, text: verdicts.undecidedText(name) }
      case 'passed-over':
        return { tone: 'plain', word: verdicts.passedOver, text: verdicts.passedOverText(name) }
      case 'new':
        return sealed
          ? { tone: 'attention', word: verdicts.sealed, text: '' }
          : { tone: 'good', word: verdicts.new, text: '' }
      case 'unchanged':
        return { tone: 'plain', word: verdicts.unchanged, text: verdicts.unchangedText }
      case 'adds-provenance':
        return { tone: 'good', word: verdicts.addsProvenance, text: verdicts.addsProvenanceText }
      case 'replaces-provenance':
        return {
          tone: 'attention',
          word: verdicts.replacesProvenance,
          text: verdicts.replacesProvenanceText(formatTime(verdict.present.pushed)),
        }
      case 'restores':
        return { tone: 'attention', word: verdicts.restores, text: verdicts.restoresText }
      case 'immutable':
      case 'clash':
      case 'quota':
        return { tone: 'bad', word: verdicts[verdict.kind], text: verdict.message }
      case 'replaces': {
        const text = verdicts.replacesText(shortDigest(verdict.present.digest), formatTime(verdict.present.pushed))
        return {
          tone: 'attention',
          word: verdicts.replaces,
          text: verdict.losesProvenance ? `${text} ${verdicts.losesProvenance}` : text,
        }
      }
    }
  }
}
