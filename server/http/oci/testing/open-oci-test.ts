import { openTestApp, type TestApp } from '../../testing/open-test-app.ts'
import { type OciClient, ociClient } from './oci-client.ts'
import { readThroughApis } from './read-through-apis.ts'

export interface OciTest {
  /** With the namespaces `team`, `other`, and `fixed`, which is immutable. The limit for archives is 64 KiB. */
  readonly server: TestApp
  readonly oci: OciClient
  readonly apis: ReturnType<typeof readThroughApis>
}

/** Opens a server, an OCI client for it, and readers of all its APIs. */
export async function openOciTest(): Promise<OciTest> {
  const server = await openTestApp({ maxUploadBytes: 64 * 1024 })
  for (const name of ['team', 'other']) await server.namespace(name)
  await server.namespace('fixed', { immutable: true })
  return { server, oci: ociClient(server), apis: readThroughApis(server) }
}

export const nginx = { name: 'nginx', version: '1.0.0' }
/** The same version with other bytes. */
export const changed = { ...nginx, metadata: { description: 'changed' } }
