import { SafetyCertificateOutlined } from '@ant-design/icons'
import { clsx } from 'clsx'
import type { ReactElement, ReactNode } from 'react'
import type { VersionReferences } from '../../contract/console/artifacts.ts'
import type { VersionDetails } from '../../contract/console/versions.ts'
import { Badge } from '../charts/Badge.tsx'
import { ChartIcon } from '../charts/ChartIcon.tsx'
import { isDrawableIcon } from '../charts/letter-tile.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import cellsStyles from '../ui/cells.module.css'
import { ExternalLink } from '../ui/ExternalLink.tsx'
import { formatBytes, formatTime } from '../ui/format.ts'
import tableStyles from '../ui/table.module.css'
import styles from './VersionInformation.module.css'

/** Metadata of one version. Content of the chart is untrusted, and only rendered as text. */
export function VersionInformation({
  details,
  references,
}: {
  details: VersionDetails
  /** Loaded later; undefined until then or after a failure. */
  references: VersionReferences | undefined
}): ReactElement {
  const { versions, charts } = useMessages()
  const annotations = Object.entries(details.annotations)

  return (
    <div className={styles.information}>
      <section>
        <h2>{versions.about}</h2>
        <dl className={styles.properties}>
          <Property name={versions.description}>
            {details.deprecated && <Badge tone="attention">{charts.deprecated}</Badge>}
            {details.description}
          </Property>
          <Property name={versions.appVersion}>{details.appVersion}</Property>
          <Property name={versions.type}>{versions.types[details.type || 'application'] ?? details.type}</Property>
          <Property name={versions.kubeVersion}>{details.kubeVersion && <code>{details.kubeVersion}</code>}</Property>
          <Property name={versions.home}>{details.home && <ExternalLink href={details.home} />}</Property>
          <Property name={versions.sources}>
            <Lines>{details.sources.map((source) => [source, <ExternalLink key={source} href={source} />])}</Lines>
          </Property>
          <Property name={versions.maintainers}>
            <Lines>
              {details.maintainers.map((maintainer) => [
                JSON.stringify(maintainer),
                <Maintainer key={maintainer.name} {...maintainer} />,
              ])}
            </Lines>
          </Property>
          <Property name={versions.keywords}>
            {details.keywords.length > 0 && (
              <span className={styles.keywords}>
                {[...new Set(details.keywords)].map((keyword) => (
                  <Badge key={keyword}>{keyword}</Badge>
                ))}
              </span>
            )}
          </Property>
          <Property name={versions.icon}>
            {details.icon && <Icon name={details.name} icon={details.icon} note={versions.iconNotDrawn} />}
          </Property>
        </dl>
      </section>
      <section>
        <h2>{versions.package}</h2>
        <dl className={styles.properties}>
          <Property name={versions.version}>
            <code>{details.version}</code>
          </Property>
          <Property name={versions.archiveDigest}>
            <code className={styles.digest}>{details.digest}</code>
            <CopyButton text={details.digest} label={versions.copyDigest(details.version)} />
          </Property>
          {references && <References of={references} />}
          <Property name={versions.size}>{formatBytes(details.size)}</Property>
          <Property name={versions.signed}>
            {details.signed ? (
              <span className={cellsStyles.quiet}>
                <SafetyCertificateOutlined aria-hidden /> {versions.signedYes}
              </span>
            ) : (
              versions.signedNo
            )}
          </Property>
          <Property name={versions.pushed}>
            {versions.pushedAll(formatTime(details.created), details.pushedBy, versions.protocols[details.protocol])}
          </Property>
          <Property name={versions.apiVersion}>{details.apiVersion}</Property>
        </dl>
      </section>
      <section>
        <h2>{versions.dependencies}</h2>
        {details.dependencies.length === 0 ? (
          <p className={cellsStyles.quiet}>{versions.noDependencies}</p>
        ) : (
          <Dependencies of={details.dependencies} />
        )}
      </section>
      {annotations.length > 0 && (
        <section>
          <h2>{versions.annotations}</h2>
          <dl className={clsx(styles.properties, styles.long)}>
            {annotations.map(([key, value]) => (
              <Property key={key} name={key}>
                <span className={styles.annotation}>{value}</span>
              </Property>
            ))}
          </dl>
        </section>
      )}
    </div>
  )
}

/** Manifest digest and tags, which OCI clients use. */
function References({ of: { version, manifestDigest, tags } }: { of: VersionReferences }) {
  const { versions } = useMessages()
  return (
    <>
      <Property name={versions.manifestDigest}>
        {manifestDigest ? (
          <>
            <code className={styles.digest}>{manifestDigest}</code>
            <CopyButton text={manifestDigest} label={versions.copyManifestDigest(version)} />
          </>
        ) : (
          versions.noManifest
        )}
      </Property>
      <Property name={versions.tags}>
        {tags.length > 0 && (
          <span className={styles.keywords}>
            {tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </span>
        )}
      </Property>
    </>
  )
}

function Dependencies({ of }: { of: VersionDetails['dependencies'] }) {
  const { versions, common } = useMessages()
  return (
    <div className={clsx(tableStyles.table, styles.dependencies)}>
      <table>
        <thead>
          <tr>
            <th>{versions.dependency}</th>
            <th>{versions.version}</th>
            <th>{versions.repository}</th>
            <th>{versions.condition}</th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ name, alias, version, repository, condition }) => (
            <tr key={JSON.stringify([name, alias, repository])}>
              <td>
                {name} {alias && <span className={cellsStyles.quiet}>{versions.alias(alias)}</span>}
              </td>
              <td>{version ? <code>{version}</code> : common.none}</td>
              <td>{repository ? <ExternalLink href={repository} /> : common.none}</td>
              <td>{condition ? <code>{condition}</code> : common.none}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Property({ name, children }: { name: string; children: ReactNode }) {
  const { common } = useMessages()
  const isEmpty = children === '' || children === false || children === null || children === undefined
  return (
    <div className={styles.property}>
      <dt>{name}</dt>
      <dd>{isEmpty ? common.none : children}</dd>
    </div>
  )
}

function Lines({ children }: { children: [key: string, line: ReactNode][] }) {
  const { common } = useMessages()
  if (children.length === 0) return <>{common.none}</>
  return (
    <ul className={styles.lines}>
      {children.map(([key, line], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a chart may have duplicates, and their order never changes
        <li key={`${index} ${key}`}>{line}</li>
      ))}
    </ul>
  )
}

function Maintainer({ name, email, url }: VersionDetails['maintainers'][number]) {
  return (
    <>
      {url ? <ExternalLink href={url}>{name || url}</ExternalLink> : name}
      {email && <span className={cellsStyles.quiet}> {email}</span>}
    </>
  )
}

function Icon({ name, icon, note }: { name: string; icon: string; note: string }) {
  if (isDrawableIcon(icon)) return <ChartIcon name={name} icon={icon} size={48} />
  return (
    <>
      <ExternalLink href={icon} />
      <div className={cellsStyles.quiet}>{note}</div>
    </>
  )
}
