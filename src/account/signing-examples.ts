/** Environment of the examples: an access key and the registry that issued it. */
export interface SigningEnvironment {
  /** Address of the registry, without a trailing slash. */
  readonly endpoint: string
  readonly id: string
  readonly secret: string
}

/** Returns the shell lines that export the environment of the examples. */
export function environmentLines({ endpoint, id, secret }: SigningEnvironment): string {
  return [
    `export CHARTROOM_ENDPOINT=${endpoint}`,
    `export CHARTROOM_ACCESS_KEY_ID=${id}`,
    `export CHARTROOM_SECRET_ACCESS_KEY=${secret}`,
  ].join('\n')
}

/** A request signed with bce-auth-v1, by the vendor's SDK and by a shell script. Same text as in `docs/signing.md`. */
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
