/** A minimal browser for signing in: stores cookies and follows redirects. */
export interface TestBrowser {
  /**
   * Opens a URL of the provider, signs in as `person` if asked to, and returns the URL that it is redirected back to.
   */
  signIn(location: string, person: string): Promise<URL>
  /** Opens a URL of the provider, cancels the sign-in there, and returns the URL that it is redirected back to. */
  giveUp(location: string): Promise<URL>
}

/** Opens a browser without cookies. `issuer` is the URL of the provider. */
export function openBrowser(issuer: string): TestBrowser {
  const cookies = new Map<string, string>()
  const go = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    return response
  }
  /** Follows redirects within the provider. Returns the last URL, and whether it leads away from the provider. */
  const follow = async (url: string, form?: Record<string, string>): Promise<{ at: string; away: boolean }> => {
    let at = url
    let response = await go(at, form)
    for (let step = 0; step < 10 && response.status >= 300 && response.status < 400; step++) {
      at = new URL(response.headers.get('location') ?? '', at).href
      if (!at.startsWith(`${issuer}/`)) return { at, away: true }
      response = await go(at)
    }
    if (response.status !== 200)
      throw new Error(`The provider responds with ${response.status}: ${await response.text()}`)
    return { at, away: false }
  }
  return {
    signIn: async (location, person) => {
      const first = await follow(location)
      if (first.away) return new URL(first.at)
      const then = await follow(first.at, { prompt: 'login', login: person, password: 'any' })
      return new URL(then.at)
    },
    giveUp: async (location) => {
      const { at } = await follow(location)
      return new URL((await follow(`${at}/abort`)).at)
    },
  }
}
