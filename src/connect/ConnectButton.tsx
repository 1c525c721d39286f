import { ApiOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMessages } from '../i18n/use-messages.ts'
import { useConnection } from './use-connection.ts'

/** Opens the connect panel of the page. */
export function ConnectButton(): ReactElement {
  const { connect } = useMessages()
  const { open } = useConnection()
  return (
    <Button icon={<ApiOutlined aria-hidden />} onClick={() => open()}>
      {connect.open}
    </Button>
  )
}
