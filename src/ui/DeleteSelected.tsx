import { DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'

/** The button of a `SelectionBar` that deletes the selected rows. */
export function DeleteSelected({ label, onClick }: { label: string; onClick: () => void }): ReactElement {
  return (
    <Button danger size="small" icon={<DeleteOutlined aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  )
}
