import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import * as z from 'zod/mini'
import { errorWithStatus } from '../api/api-error.ts'
import { versionQueries } from '../api/versions.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import panelStyles from '../ui/panel.module.css'
import { QueryState } from '../ui/QueryState.tsx'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import styles from './InformationPage.module.css'
import { useChartAddress } from './use-chart-address.ts'
import { VersionInformation } from './VersionInformation.tsx'
import { VersionSelect } from './VersionSelect.tsx'
import { versionParam } from './version-param.ts'

const LATEST = 'latest'
const informationParams = z.object({ version: z._default(versionParam, LATEST) })

/** Metadata of one version: the latest, unless the URL names another. */
export function InformationPage(): ReactElement {
  const at = useChartAddress()
  const { versions, common } = useMessages()
  const [{ version }, setView] = useListSearchParams(informationParams)
  const latest = useQuery(versionQueries.latest(at)).data?.latest.version
  const query = useQuery(versionQueries.details(at, version))
  const references = useQuery(
    versionQueries.references(at, query.data && !query.isPlaceholderData ? [query.data.version] : []),
  )
  const isGone = errorWithStatus(query.error, 404) !== null && !query.data

  return (
    <section className={clsx(panelStyles.panel, panelStyles.padded)} aria-label={versions.information}>
      <div className={styles.toolbar}>
        <VersionSelect
          at={at}
          value={version === LATEST ? (latest ?? LATEST) : version}
          latest={latest}
          onChange={(chosen) => setView({ version: chosen === latest ? LATEST : chosen })}
        />
      </div>
      {isGone ? (
        <EmptyState
          title={versions.notFoundTitle(version)}
          text={common.notFoundText}
          action={<Button onClick={() => setView({ version: LATEST })}>{versions.latest}</Button>}
        />
      ) : (
        <QueryState query={query}>
          {(details) => <VersionInformation details={details} references={references.data?.get(details.version)} />}
        </QueryState>
      )}
    </section>
  )
}
