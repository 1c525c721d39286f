import { useParams } from 'react-router'

/** Returns the instance ID of the current route. */
export function useInstanceId(): string {
  const { instanceId } = useParams()
  if (!instanceId) throw new Error('useInstanceId() was called outside the routes of an instance.')
  return instanceId
}
