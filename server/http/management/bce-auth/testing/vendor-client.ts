import { createRequire } from 'node:module'
import type { KeyPair } from './sign-request.ts'

/** Response of the vendor client, which throws errors with `status_code` and `code`. */
export interface VendorAnswer {
  readonly http_headers: Readonly<Record<string, string>>
  /** Parsed JSON, or bytes. */
  readonly body: unknown
}

export interface VendorRequest {
  readonly body?: string | Buffer
  readonly params?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** The parts of the vendor client, npm `@baiducloud/sdk`, that are used here. It has no types. */
export interface VendorClient {
  sendRequest(method: string, path: string, request?: VendorRequest): Promise<VendorAnswer>
}

interface VendorConfig {
  readonly endpoint: string
  readonly credentials: { readonly ak: string; readonly sk: string }
  readonly sessionToken?: string | undefined
}

type VendorClientClass = new (config: VendorConfig, service: string, regionSupported: boolean) => VendorClient

/** Creates a vendor client that signs with this key pair. `sessionToken` comes with temporary pairs. */
export function vendorClient(endpoint: string, { id, secret }: KeyPair, sessionToken?: string): VendorClient {
  const sdk: { BceBaseClient: VendorClientClass } = createRequire(import.meta.url)('@baiducloud/sdk')
  return new sdk.BceBaseClient({ endpoint, credentials: { ak: id, sk: secret }, sessionToken }, 'ccr', true)
}
