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
import { CLIENTS, type Client, type ClientProtocol, protocolsOf } from './clients.ts'
import { guideFor } from './commands.ts'
import type { Guide } from './guide.ts'
import { Pills } from './Pills.tsx'
import { registryAddress, type Target, type TargetChart } from './target.ts'
import type { Connection } from './use-connection.ts'

/** Commands to use a namespace or a version of a chart, for the selected client and protocol. */
export function ConnectPanel({
  open,
  instanceId,
  namespace,
  chart,
  client,
  protocol,
  onChange,
  onClose,
  onClosed,
}: {
  open: boolean
  instanceId: string
  namespace: string
  chart: { readonly name: string; readonly latest: string; readonly version: string } | undefined
  client: Client
  /** Undefined for the first protocol that works. */
  protocol: ClientProtocol | undefined
  onChange: (change: Connection) => void
  onClose: () => void
  onClosed: () => void
}): ReactElement {
  const { common, connect, versions } = useMessages()
  const settings = useQuery(settingsQueries.current())
  const instance = useQuery(instanceQueries.detail(instanceId))
  const account = useQuery(sessionQueries.current()).data?.account.name ?? 'USER'
  const origin = useVersionOrigin({ instanceId, namespace, chart: chart?.name ?? '' }, chart?.version)
  const subject = chart ? `${namespace} / ${chart.name} ${chart.version}` : namespace

  return (
    <Drawer
      open={open}
      title={connect.title(subject)}
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
                protocol={protocol}
                target={{
                  address: registryAddress(publicUrl, info.publicURL),
                  namespace,
                  account,
                  chart: chart ? { name: chart.name, version: chart.version, ...origin } : null,
                }}
                onProtocol={(by) => onChange({ by })}
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

/** Fetches the version's manifest digest and the protocol it was pushed through; null while unknown. */
function useVersionOrigin(
  at: ChartAddress,
  version: string | undefined,
): Pick<TargetChart, 'manifestDigest' | 'protocol'> {
  const versions = version === undefined ? [] : [version]
  const summary = useQuery(versionQueries.summaries(at, versions)).data?.get(version ?? '')
  const references = useQuery(versionQueries.references(at, versions)).data?.get(version ?? '')
  return { manifestDigest: references?.manifestDigest ?? null, protocol: summary?.protocol ?? null }
}

function GuideText({
  client,
  protocol: requested,
  target,
  onProtocol,
}: {
  client: Client
  protocol: ClientProtocol | undefined
  target: Target
  onProtocol: (protocol: ClientProtocol) => void
}) {
  const { connect } = useMessages()
  const protocols = protocolsOf(client)
  const working = protocols.find((one) => guideFor(client, one, target).blocked === null) ?? protocols[0] ?? 'classic'
  const protocol = requested && protocols.includes(requested) ? requested : working
  const guide = guideFor(client, protocol, target)
  return (
    <>
      <Pills
        legend={connect.protocol}
        values={protocols}
        labels={connect.protocols}
        chosen={protocol}
        onChoose={onProtocol}
      />
      {guide.blocked ? (
        <Alert
          type="info"
          showIcon
          title={
            <>
              <p className={styles.blocked}>{connect.blocked[guide.blocked](target.chart?.name ?? target.namespace)}</p>
              <Button onClick={() => onProtocol('classic')}>{connect.useClassic}</Button>
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
