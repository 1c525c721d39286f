import { openTestApp, type TestApp } from '../../testing/open-test-app.ts'
import { lookAtDoors } from './look-at-doors.ts'
import { type OciClient, ociClient } from './oci-client.ts'

export interface OciTest {
  /** With the namespaces `team`, `other`, and `fixed`, which is immutable. It takes archives to 64 KiB. */
  readonly server: TestApp
  readonly oci: OciClient
  readonly doors: ReturnType<typeof lookAtDoors>
}

/** The server, a client of the OCI door, and a look at what the doors answer. */
export async function openOciTest(): Promise<OciTest> {
  const server = await openTestApp({ maxUploadBytes: 64 * 1024 })
  for (const name of ['team', 'other']) await server.namespace(name)
  await server.namespace('fixed', { immutable: true })
  return { server, oci: ociClient(server), doors: lookAtDoors(server) }
}

export const nginx = { name: 'nginx', version: '1.0.0' }
/** The same version with other bytes. */
export const changed = { ...nginx, metadata: { description: 'changed' } }
