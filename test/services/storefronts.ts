import { expect } from 'vitest'
import { ask, post } from './answers.ts'
import { eventually, freePort, startService, use } from './processes.ts'

export const ada = { user: 'ada', password: 'matt paper' }

/** All that a storefront asks, at one address. */
export function addressesOf(url: string) {
  return { COMMENTS_URL: url, AUTH_URL: url, CATALOG_URL: url, ORDERS_URL: url, IMAGING_URLS: url }
}

/** A storefront until the end of the test, alone in the world but for what `env` says. */
export async function startStorefront(env: Record<string, string>) {
  const nowhere = `http://127.0.0.1:${await freePort()}`
  const storefront = use(await startService('storefront', { ...addressesOf(nowhere), ...env }))
  return { ...storefront, ...browserAt(storefront.url) }
}

/** What a browser does at a storefront, or at the balancer before it. */
export function browserAt(url: string, headers: Record<string, string> = {}) {
  return {
    read: (id: number, init: RequestInit = {}) => ask(`${url}/articles/${id}`, { headers, ...init }),
    logIn: () => post(`${url}/login`, ada, { headers }),
    whoAmI: (token: string) => ask(`${url}/me`, { headers: { ...headers, authorization: `Bearer ${token}` } }),
  }
}

/**
 * A token. On a machine under load auth may take longer than the storefront waits; the login is then refused, and that is
 * right.
 */
export async function tokenFrom(browser: Pick<ReturnType<typeof browserAt>, 'logIn'>): Promise<string> {
  const { body } = await eventually(async () => {
    const answer = await browser.logIn()
    expect(answer).toMatchObject({ status: 200, body: { token: expect.any(String), user: 'ada', session: 'deferred' } })
    return answer
  })
  return body.token
}
