import { openBrowser, type TestBrowser } from '../../oidc/testing/browser.ts'
import type { TestProvider } from '../../oidc/testing/start-provider.ts'
import type { TestApp } from './open-test-app.ts'

const BEGIN = '/console/session/oidc'
const CALLBACK = `${BEGIN}/callback`

/** Somebody's browser on the way through a registry, a provider, and back. */
export interface ProviderWalk {
  /** Begins at the registry; answers with where it leads, and keeps the cookie that it gives. */
  begin(to?: string): Promise<URL>
  /** Comes back from the provider to the registry with what it says. */
  comeBack(answer: URL): Promise<Response>
  /** All of it, as `person`. */
  signIn(person: string, to?: string): Promise<Response>
  readonly atProvider: TestBrowser
  /** What the browser sends to the registry. */
  readonly cookies: Map<string, string>
}

export function walkBy(server: TestApp, provider: TestProvider): ProviderWalk {
  const cookies = new Map<string, string>()
  const atProvider = openBrowser(provider.issuer)
  const ask = async (path: string) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    // Another site leads here: that is what browsers say of it.
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

/** Where an answer leads: the path and the code of the refusal that stands in it. */
export function ledTo(answer: Response): { path: string; refused: string | null; to: string | null } {
  const location = new URL(answer.headers.get('location') ?? '', 'http://registry.invalid')
  return {
    path: location.origin === 'http://registry.invalid' ? location.pathname : location.href,
    refused: location.searchParams.get('refused'),
    to: location.searchParams.get('to'),
  }
}
