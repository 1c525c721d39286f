/** What an access key is used by: its two halves, and the registry that knows it. */
export interface SigningEnvironment {
  /** Address of the registry, without a trailing slash. */
  readonly endpoint: string
  readonly id: string
  readonly secret: string
}

/** Lines for a shell, from which the examples take everything. */
export function environmentLines({ endpoint, id, secret }: SigningEnvironment): string {
  return [
    `export CHARTROOM_ENDPOINT=${endpoint}`,
    `export CHARTROOM_ACCESS_KEY_ID=${id}`,
    `export CHARTROOM_SECRET_ACCESS_KEY=${secret}`,
  ].join('\n')
}

/** A signed call, by the vendor's client and by hand (bce-auth-v1). `docs/signing.md` has the same. */
export const SIGNING_EXAMPLES = {
  sdk: `import sdk from '@baiducloud/sdk'

const { CHARTROOM_ENDPOINT, CHARTROOM_ACCESS_KEY_ID, CHARTROOM_SECRET_ACCESS_KEY } = process.env
const client = new sdk.BceBaseClient(
  {
    endpoint: CHARTROOM_ENDPOINT,
    credentials: { ak: CHARTROOM_ACCESS_KEY_ID, sk: CHARTROOM_SECRET_ACCESS_KEY },
  },
  'ccr',
  true,
)
const { body } = await client.sendRequest('GET', '/v1/instances')
console.log(body.instances.map(({ id, name }) => \`\${id} \${name}\`).join('\\n'))`,
  curl: `hmac() { printf %s "$2" | openssl dgst -sha256 -hmac "$1" | sed 's/.* //'; }
path=/v1/instances
host=\${CHARTROOM_ENDPOINT#*://}
prefix=bce-auth-v1/$CHARTROOM_ACCESS_KEY_ID/$(date -u +%Y-%m-%dT%H:%M:%SZ)/1800
text=$(printf 'GET\\n%s\\n\\nhost:%s' "$path" "$(printf %s "$host" | sed 's/:/%3A/')")
signature=$(hmac "$(hmac "$CHARTROOM_SECRET_ACCESS_KEY" "$prefix")" "$text")
curl --silent --header "Authorization: $prefix/host/$signature" "$CHARTROOM_ENDPOINT$path"`,
} as const

export type SigningExample = keyof typeof SIGNING_EXAMPLES
