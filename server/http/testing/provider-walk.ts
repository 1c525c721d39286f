import { openBrowser, type TestBrowser } from '../../oidc/testing/browser.ts'
import type { TestProvider } from '../../oidc/testing/start-provider.ts'
import type { TestApp } from './open-test-app.ts'

const BEGIN = '/console/session/oidc'
const CALLBACK = `${BEGIN}/callback`

/** A browser that signs in at a registry through a provider. */
export interface ProviderWalk {
  /** Begins at the registry. Returns the URL to which it redirects, and stores the cookie. */
  begin(to?: string): Promise<URL>
  /** Follows the provider's redirect to the registry. */
  comeBack(answer: URL): Promise<Response>
  /** Signs in as `person`, from beginning to end. */
  signIn(person: string, to?: string): Promise<Response>
  readonly atProvider: TestBrowser
  /** Cookies for the registry. */
  readonly cookies: Map<string, string>
}

export function walkBy(server: TestApp, provider: TestProvider): ProviderWalk {
  const cookies = new Map<string, string>()
  const atProvider = openBrowser(provider.issuer)
  const ask = async (path: string) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    // Fetch metadata of a redirect from another site.
    const headers = { cookie, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }
    const answer = await server.askAnonymously('GET', path, { headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0/.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    return answer
  }
  const walk: ProviderWalk = {
    atProvider,
    cookies,
    begin: async (to) => {
      const answer = await ask(to === undefined ? BEGIN : `${BEGIN}?to=${encodeURIComponent(to)}`)
      return new URL(answer.headers.get('location') ?? '', server.context.publicUrl)
    },
    comeBack: (answer) => ask(`${CALLBACK}${answer.search}`),
    signIn: async (person, to) => {
      const location = await walk.begin(to)
      return walk.comeBack(await atProvider.signIn(location.href, person))
    },
  }
  return walk
}

/** Returns the path of a redirect and the error code in its query. */
export function ledTo(answer: Response): { path: string; refused: string | null; to: string | null } {
  const location = new URL(answer.headers.get('location') ?? '', 'http://registry.invalid')
  return {
    path: location.origin === 'http://registry.invalid' ? location.pathname : location.href,
    refused: location.searchParams.get('refused'),
    to: location.searchParams.get('to'),
  }
}
