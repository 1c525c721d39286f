import { LoadingOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { problemMessage } from '../../../chart/problem-messages.ts'
import { useLanguage, useMessages } from '../../i18n/use-messages.ts'
import { formatBytes, formatTime, shortDigest } from '../../ui/format.ts'
import { Badge, type BadgeTone } from '../Badge.tsx'
import type { ChartCandidate } from './arrange-files.ts'
import styles from './VerdictText.module.css'
import type { Verdict } from './verdict.ts'

/** A verdict as a badge and a sentence. Empty while no namespace is chosen: a message above the list says so once. */
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
  const isUnopened = reading.state === 'unopened'
  const label = verdictLabel()
  if (!label) return null

  return (
    <div className={styles.verdict}>
      {label.word ? <Badge tone={label.tone ?? 'plain'}>{label.word}</Badge> : <LoadingOutlined aria-hidden />}
      <span className={styles.text}>
        {label.text}
        {isUnopened && ` ${verdicts.unopenedText} ${verdicts.unopenedName}`}
      </span>
    </div>
  )

  function verdictLabel(): { tone?: BadgeTone; word?: string; text: string } | null {
    switch (verdict.kind) {
      case 'reading':
      case 'checking':
        return { text: verdicts[verdict.kind] }
      case 'no-namespace':
        return null
      case 'check-failed':
        return { tone: 'bad', word: upload.failed, text: `${verdicts.checkFailed} ${verdict.message}` }
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
      case 'duplicate':
        return { tone: 'plain', word: verdicts.duplicate, text: verdicts.duplicateText }
      case 'undecided':
        return { tone: 'attention', word: verdicts.undecided, text: verdicts.undecidedText(name) }
      case 'not-chosen':
        return { tone: 'plain', word: verdicts.notChosen, text: verdicts.notChosenText(name) }
      case 'new':
        return isUnopened
          ? { tone: 'attention', word: verdicts.unopened, text: '' }
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
