import { ColumnHeightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { useListPreferences } from '../session/use-list-preferences.ts'

/** Switches the rows of all lists between 56 px and 44 px. */
export function DensityButton(): ReactElement {
  const { common } = useMessages()
  const [{ density }, change] = useListPreferences()
  const isDense = density === 'dense'
  return (
    <Button
      icon={<ColumnHeightOutlined aria-hidden />}
      aria-label={common.denseRows}
      aria-pressed={isDense}
      title={common.denseRows}
      color={isDense ? 'primary' : 'default'}
      variant="outlined"
      onClick={() => change({ density: isDense ? 'comfortable' : 'dense' })}
    />
  )
}
