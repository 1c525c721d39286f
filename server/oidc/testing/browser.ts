/** A browser as far as signing in needs one: it keeps cookies by host, and goes where it is led. */
export interface TestBrowser {
  /** Goes to an address at the provider, signs in there as `person` when asked to, and answers with where it is led back to. */
  signIn(location: string, person: string): Promise<URL>
  /** Does what the provider offers to those who do not want to. */
  giveUp(location: string): Promise<URL>
}

/** One without any cookie. `issuer` is where people type in who they are. */
export function openBrowser(issuer: string): TestBrowser {
  const cookies = new Map<string, string>()
  const go = async (url: string, form?: Record<string, string>): Promise<Response> => {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    return answer
  }
  /** Follows redirects as long as they stay at the provider; the answer there, or the address that leads away. */
  const follow = async (url: string, form?: Record<string, string>): Promise<{ at: string; away: boolean }> => {
    let at = url
    let answer = await go(at, form)
    for (let step = 0; step < 10 && answer.status >= 300 && answer.status < 400; step++) {
      at = new URL(answer.headers.get('location') ?? '', at).href
      if (!at.startsWith(`${issuer}/`)) return { at, away: true }
      answer = await go(at)
    }
    if (answer.status !== 200) throw new Error(`The provider answers ${answer.status}: ${await answer.text()}`)
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
