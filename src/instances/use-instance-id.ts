import { useParams } from 'react-router'

/** The ID of the instance that the page is of. */
export function useInstanceId(): string {
  const { instanceId } = useParams()
  if (!instanceId) throw new Error('This page stands outside the routes of an instance.')
  return instanceId
}
