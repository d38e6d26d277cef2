import { BrownoutError, exitCodes } from '../core/errors.ts'
import { type HttpAnswer, request } from '../core/http.ts'

/** Calls for which the client library has no word or no time limit. All reject within `limitMs`. */
export interface ProxyState {
  name: string
  listen: string
  upstream: string
  enabled: boolean
  toxics: { name: string; type: string; stream: string; toxicity: number; attributes: Record<string, number> }[]
}

const proxyUrl = (api: string, name: string) => `${api}/proxies/${encodeURIComponent(name)}`

/** The proxy with its toxics, or `null` when there is none of that name. */
export async function readProxy(api: string, name: string, limitMs: number): Promise<ProxyState | null> {
  const answer = await request('GET', proxyUrl(api, name), { limitMs })
  if (answer.status === 404) return null
  return JSON.parse(expectOk(answer, `read proxy "${name}"`).text) as ProxyState
}

export async function setEnabled(api: string, name: string, enabled: boolean, limitMs: number): Promise<void> {
  const answer = await request('PATCH', proxyUrl(api, name), { body: { enabled }, limitMs })
  expectOk(answer, `${enabled ? 'enable' : 'disable'} proxy "${name}"`)
}

/** A toxic that is already gone is as good as removed. */
export async function removeToxic(api: string, name: string, toxic: string, limitMs: number): Promise<void> {
  const answer = await request('DELETE', `${proxyUrl(api, name)}/toxics/${encodeURIComponent(toxic)}`, { limitMs })
  if (answer.status !== 404) expectOk(answer, `remove toxic "${toxic}"`)
}

/** Deletes the proxy, if it is there, and makes it anew without toxics. */
export async function recreateProxy(
  api: string,
  proxy: { name: string; listen: string; upstream: string },
  limitMs: number,
): Promise<void> {
  const gone = await request('DELETE', proxyUrl(api, proxy.name), { limitMs })
  if (gone.status !== 404) expectOk(gone, `delete proxy "${proxy.name}"`)
  expectOk(await request('POST', `${api}/proxies`, { body: proxy, limitMs }), `create proxy "${proxy.name}"`)
}

function expectOk(answer: HttpAnswer, doing: string): HttpAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer
  throw new BrownoutError(
    'TOXIPROXY_REFUSED',
    `Failed to ${doing}: Toxiproxy answered ${answer.status} ${answer.text.trim()}`,
    {
      exitCode: exitCodes.inconclusive,
    },
  )
}
