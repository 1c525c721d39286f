import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { ChartProblem } from '../../../chart/problem.ts'
import { problemMessage } from '../../../chart/problem-messages.ts'
import { useLanguage, useMessages } from '../../i18n/use-messages.ts'
import type { RejectedFile } from './arrange-files.ts'
import { pathOf } from './chart-folders.ts'
import styles from './RejectedList.module.css'

/** Chosen files that will not be uploaded, each with the reason. */
export function RejectedList({
  files,
  onRemove,
}: {
  files: readonly RejectedFile[]
  onRemove: (ids: string[]) => void
}): ReactElement | null {
  const { upload } = useMessages()
  const language = useLanguage()
  if (files.length === 0) return null
  return (
    <details className={styles.rejected} open={files.length <= 5}>
      <summary>{upload.rejected(files.length)}</summary>
      <ul aria-label={upload.rejected(files.length)}>
        {files.map(({ id, file, reason }) => (
          <li key={id}>
            <span className={styles.text}>
              <span className={styles.name}>{pathOf(file)}</span>
              <span className={styles.reason}>
                {reason instanceof ChartProblem ? problemMessage(reason, language) : upload.reasons[reason]}
              </span>
            </span>
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden />}
              aria-label={upload.remove(file.name)}
              onClick={() => onRemove([id])}
            />
          </li>
        ))}
      </ul>
    </details>
  )
}
