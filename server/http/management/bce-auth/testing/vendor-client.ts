import { createRequire } from 'node:module'
import type { KeyPair } from './sign-request.ts'

/** What the vendor's client answers with; what it is refused it throws, with `status_code` and `code`. */
export interface VendorAnswer {
  readonly http_headers: Readonly<Record<string, string>>
  /** The JSON of the answer, or its bytes. */
  readonly body: unknown
}

export interface VendorRequest {
  readonly body?: string | Buffer
  readonly params?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** The vendor's own client, as far as it is used here: npm `@baiducloud/sdk`, which has no types for it. */
export interface VendorClient {
  sendRequest(method: string, path: string, request?: VendorRequest): Promise<VendorAnswer>
}

interface VendorConfig {
  readonly endpoint: string
  readonly credentials: { readonly ak: string; readonly sk: string }
  readonly sessionToken?: string | undefined
}

type VendorClientClass = new (config: VendorConfig, service: string, regionSupported: boolean) => VendorClient

/** A client of the vendor's that signs with this pair. `sessionToken` is what temporary pairs come with. */
export function vendorClient(endpoint: string, { id, secret }: KeyPair, sessionToken?: string): VendorClient {
  const sdk: { BceBaseClient: VendorClientClass } = createRequire(import.meta.url)('@baiducloud/sdk')
  return new sdk.BceBaseClient({ endpoint, credentials: { ak: id, sk: secret }, sessionToken }, 'ccr', true)
}
