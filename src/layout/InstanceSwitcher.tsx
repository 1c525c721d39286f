import { DownOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { type ReactElement, useState } from 'react'
import { Link, useLocation } from 'react-router'
import { instanceQueries } from '../api/instances.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { paths } from '../paths.ts'
import { LoadError } from '../ui/LoadError.tsx'
import { SearchInput } from '../ui/SearchInput.tsx'
import choiceListStyles from './ChoiceList.module.css'
import { HeaderMenu } from './HeaderMenu.tsx'
import styles from './InstanceSwitcher.module.css'
import { samePage } from './same-page.ts'

/** Maximum number of instances listed; the search finds the others. */
const SHOWN = 20

/** Shows the current instance, and switches to the same page of another. */
export function InstanceSwitcher({ instanceId }: { instanceId: string }): ReactElement {
  const { layout } = useMessages()
  const { data } = useQuery(instanceQueries.detail(instanceId))
  const name = data?.info.name ?? instanceId
  return (
    <HeaderMenu
      label={layout.switchInstance(name)}
      className={clsx(styles.button)}
      button={
        <>
          <span className={styles.name}>{name}</span>
          <DownOutlined aria-hidden />
        </>
      }
    >
      {(close) => <InstanceChoice instanceId={instanceId} onChosen={close} />}
    </HeaderMenu>
  )
}

function InstanceChoice({ instanceId, onChosen }: { instanceId: string; onChosen: () => void }) {
  const { layout } = useMessages()
  const { pathname } = useLocation()
  const [keyword, setKeyword] = useState('')
  const list = useQuery(instanceQueries.list({ pageNo: 1, pageSize: SHOWN, keyword }))
  return (
    <div className={styles.choice}>
      <SearchInput label={layout.findInstance} value={keyword} onSearch={setKeyword} />
      {list.error && !list.data && <LoadError error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <ul className={choiceListStyles.list}>
          {list.data.instances.map((instance) => (
            <li key={instance.id}>
              <Link
                to={samePage(pathname, instance.id)}
                aria-current={instance.id === instanceId ? 'true' : undefined}
                onClick={onChosen}
              >
                <span>{instance.name}</span>
                <code>{instance.id}</code>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {list.data?.total === 0 && <p className={styles.note}>{layout.noInstanceFound}</p>}
      {list.data && list.data.total > SHOWN && (
        <p className={styles.note}>{layout.moreInstances(SHOWN, list.data.total)}</p>
      )}
      <Link className={styles.all} to={paths.instances()} onClick={onChosen}>
        {layout.allInstances}
      </Link>
    </div>
  )
}
