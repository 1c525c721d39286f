import { InfoCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Drawer } from 'antd'
import { clsx } from 'clsx'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { instanceQueries } from '../api/instances.ts'
import { sessionQueries } from '../api/session.ts'
import { settingsQueries } from '../api/settings.ts'
import { versionQueries } from '../api/versions.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { type ChartAddress, paths } from '../paths.ts'
import { QueryState } from '../ui/QueryState.tsx'
import { Snippet } from '../ui/Snippet.tsx'
import { VersionSelect } from '../versions/VersionSelect.tsx'
import styles from './ConnectPanel.module.css'
import { CLIENTS, type Client, type Way, waysOf } from './clients.ts'
import { guideFor } from './commands.ts'
import type { Guide } from './guide.ts'
import { Pills } from './Pills.tsx'
import { registryAddress, type Target, type TargetChart } from './target.ts'
import type { Connection } from './use-connection.ts'

/** The commands to reach a namespace or a version of a chart with, for the client and the way that are chosen. */
export function ConnectPanel({
  open,
  instanceId,
  namespace,
  chart,
  client,
  way,
  onChange,
  onClose,
  onClosed,
}: {
  open: boolean
  instanceId: string
  namespace: string
  chart: { readonly name: string; readonly latest: string; readonly version: string } | undefined
  client: Client
  /** Without it the first that works. */
  way: Way | undefined
  onChange: (change: Connection) => void
  onClose: () => void
  onClosed: () => void
}): ReactElement {
  const { common, connect, versions } = useMessages()
  const settings = useQuery(settingsQueries.current())
  const instance = useQuery(instanceQueries.detail(instanceId))
  const account = useQuery(sessionQueries.current()).data?.account.name ?? 'USER'
  const known = useKnownVersion({ instanceId, namespace, chart: chart?.name ?? '' }, chart?.version)
  const what = chart ? `${namespace} / ${chart.name} ${chart.version}` : namespace

  return (
    <Drawer
      open={open}
      title={connect.title(what)}
      size={680}
      rootClassName={clsx(styles.panel)}
      closable={{ 'aria-label': common.close }}
      onClose={onClose}
      afterOpenChange={(opened) => !opened && onClosed()}
    >
      <Pills
        legend={connect.client}
        values={CLIENTS}
        labels={connect.clients}
        chosen={client}
        onChoose={(chosen) => onChange({ connect: chosen, by: undefined })}
      />
      {chart && (
        <div className={styles.version}>
          <span aria-hidden>{versions.chooseVersion}</span>
          <VersionSelect
            at={{ instanceId, namespace, chart: chart.name }}
            value={chart.version}
            latest={chart.latest}
            onChange={(version) => onChange({ for: version })}
          />
        </div>
      )}
      <QueryState query={settings}>
        {({ publicUrl }) => (
          <QueryState query={instance}>
            {({ info }) => (
              <GuideText
                client={client}
                way={way}
                target={{
                  address: registryAddress(publicUrl, info.publicURL),
                  namespace,
                  account,
                  chart: chart ? { name: chart.name, version: chart.version, ...known } : null,
                }}
                onWay={(by) => onChange({ by })}
              />
            )}
          </QueryState>
        )}
      </QueryState>
      <p className={styles.credentials}>
        {connect.noPassword} <Link to={paths.credentials(instanceId)}>{connect.toCredentials}</Link>
      </p>
    </Drawer>
  )
}

/** What there is to know of the version; nothing as long as it is on its way. */
function useKnownVersion(at: ChartAddress, version: string | undefined): Pick<TargetChart, 'manifestDigest' | 'door'> {
  const versions = version === undefined ? [] : [version]
  const facts = useQuery(versionQueries.summaries(at, versions)).data?.get(version ?? '')
  const references = useQuery(versionQueries.references(at, versions)).data?.get(version ?? '')
  return { manifestDigest: references?.manifestDigest ?? null, door: facts?.door ?? null }
}

function GuideText({
  client,
  way: wanted,
  target,
  onWay,
}: {
  client: Client
  way: Way | undefined
  target: Target
  onWay: (way: Way) => void
}) {
  const { connect } = useMessages()
  const ways = waysOf(client)
  const working = ways.find((one) => guideFor(client, one, target).blocked === null) ?? ways[0] ?? 'classic'
  const way = wanted && ways.includes(wanted) ? wanted : working
  const guide = guideFor(client, way, target)
  return (
    <>
      <Pills legend={connect.way} values={ways} labels={connect.ways} chosen={way} onChoose={onWay} />
      {guide.blocked ? (
        <Alert
          type="info"
          showIcon
          title={
            <>
              <p className={styles.blocked}>{connect.blocked[guide.blocked](target.chart?.name ?? target.namespace)}</p>
              <Button onClick={() => onWay('classic')}>{connect.useClassic}</Button>
            </>
          }
        />
      ) : (
        <Steps guide={guide} />
      )}
    </>
  )
}

function Steps({ guide }: { guide: Guide }) {
  const { connect } = useMessages()
  return (
    <>
      <ol className={styles.steps}>
        {guide.steps.map(({ id, text }) => (
          <li key={id}>
            <Snippet heading="h2" title={connect.steps[id]} text={text} />
          </li>
        ))}
      </ol>
      {guide.notes.length > 0 && (
        <ul className={styles.notes}>
          {guide.notes.map((note) => (
            <li key={note}>
              <InfoCircleOutlined aria-hidden />
              <span>{connect.notes[note]}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
