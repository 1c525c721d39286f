import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Robot } from '../../contract/ccr/robots.ts'
import { removeRobot, robotQueries } from '../api/robots.ts'
import { popupContainer } from '../charts/popup-container.ts'
import { useMessages } from '../i18n/use-messages.ts'
import { InstancePageHeader } from '../instances/InstancePageHeader.tsx'
import { useInstanceId } from '../instances/use-instance-id.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ListPanel } from '../ui/ListPanel.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartBoundary } from '../ui/PartBoundary.tsx'
import { useConfirmDeletion } from '../ui/use-confirm-deletion.ts'
import { useListSearchParams } from '../ui/use-list-search-params.ts'
import type { RobotAction } from './RobotActionDialog.tsx'
import { RobotSecretDialog } from './RobotSecretDialog.tsx'
import { RobotsTable } from './RobotsTable.tsx'
import { ROBOT_STATUSES, robotListParams, robotListQuery } from './robot-list-params.ts'

const CreateRobotDialog = lazyPart(async () => (await import('./CreateRobotDialog.tsx')).CreateRobotDialog)
const ChangeRobotDialog = lazyPart(async () => (await import('./ChangeRobotDialog.tsx')).ChangeRobotDialog)
const RobotActionDialog = lazyPart(async () => (await import('./RobotActionDialog.tsx')).RobotActionDialog)

type OpenDialog =
  | { kind: 'create' }
  | { kind: 'change'; robot: Robot }
  | { kind: 'action'; robot: Robot; action: RobotAction }
  | { kind: 'secret'; robot: Robot; secret: string }

/** Lists the robot accounts of an instance. */
export function RobotsPage(): ReactElement {
  const { robots } = useMessages()
  const instanceId = useInstanceId()
  const [view, setView] = useListSearchParams(robotListParams)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const query = useQuery(robotQueries.list(instanceId, robotListQuery(view)))
  const summaries = useQuery(
    robotQueries.summaries(
      instanceId,
      (query.data?.robots ?? []).map(({ id }) => id),
    ),
  )
  const confirmDeletion = useConfirmDeletion()
  const remove = useMutation({
    mutationFn: ({ id }: Robot) => removeRobot(instanceId, id),
    meta: { errorShown: true, invalidates: [robotQueries.all(instanceId)] },
  })
  const close = () => setDialog(null)
  const showSecret = (robot: Robot, secret: string) => setDialog({ kind: 'secret', robot, secret })
  const createButton = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDialog({ kind: 'create' })}>
      {robots.create}
    </Button>
  )

  return (
    <>
      <InstancePageHeader instanceId={instanceId} title={robots.title} description={robots.lead} extra={createButton} />
      <ListPanel
        label={robots.list}
        filters={
          <Select
            aria-label={robots.status}
            value={view.status}
            options={ROBOT_STATUSES.map((value) => ({ value, label: robots.statuses[value] }))}
            popupMatchSelectWidth={false}
            getPopupContainer={popupContainer}
            onChange={(status) => setView({ status })}
          />
        }
        view={view}
        setView={setView}
        query={query}
        rowQueries={[summaries]}
        rowsOf={(list) => list.robots}
        empty={
          view.status === 'all' ? (
            <EmptyState title={robots.emptyTitle} text={robots.emptyText} action={createButton} />
          ) : (
            <EmptyState
              title={robots.noneOfStatus[view.status]}
              action={<Button onClick={() => setView({ status: 'all' })}>{robots.showAll}</Button>}
            />
          )
        }
      >
        {(list) => (
          <RobotsTable
            list={list}
            summaries={summaries.data}
            view={view}
            setView={setView}
            stale={query.isPlaceholderData}
            onChange={(robot) => setDialog({ kind: 'change', robot })}
            onAction={(robot, action) => setDialog({ kind: 'action', robot, action })}
            onDelete={(robot) =>
              void confirmDeletion({
                title: robots.deleteTitle,
                names: [robot.name],
                note: robots.deleteNote,
                onConfirm: () => remove.mutateAsync(robot),
              })
            }
          />
        )}
      </ListPanel>
      <PartBoundary onFailed={close}>
        {dialog?.kind === 'create' && (
          <CreateRobotDialog instanceId={instanceId} onCreated={showSecret} onClosed={close} />
        )}
        {dialog?.kind === 'change' && (
          <ChangeRobotDialog instanceId={instanceId} robot={dialog.robot} onClosed={close} />
        )}
        {dialog?.kind === 'action' && (
          <RobotActionDialog
            instanceId={instanceId}
            robot={dialog.robot}
            action={dialog.action}
            onSecret={(secret) => showSecret(dialog.robot, secret)}
            onClosed={close}
          />
        )}
        {dialog?.kind === 'secret' && (
          <RobotSecretDialog instanceId={instanceId} robot={dialog.robot} secret={dialog.secret} onClosed={close} />
        )}
      </PartBoundary>
    </>
  )
}
