import { BrownoutError, exitCodes } from '../core/errors.ts'
import { type HttpAnswer, request } from '../core/http.ts'

/** Toxiproxy's HTTP API, as far as we need it. All calls reject within `limitMs`, and say what the server says. */
export interface ProxyAddress {
  name: string
  listen: string
  upstream: string
}

export interface ProxyState extends ProxyAddress {
  enabled: boolean
  toxics: Toxic[]
}

export interface Toxic {
  name: string
  type: string
  stream: 'upstream' | 'downstream'
  toxicity: number
  attributes: Record<string, number>
}

const proxyUrl = (api: string, name: string) => `${api}/proxies/${encodeURIComponent(name)}`

export async function readVersion(api: string, limitMs: number): Promise<string> {
  const { text } = expectOk(await request('GET', `${api}/version`, { limitMs }), 'ask for the version')
  const version = /^\s*\{\s*"version"\s*:\s*"([^"]+)"/.exec(text)?.[1]
  if (version !== undefined) return version
  throw new BrownoutError('NO_TOXIPROXY', `Failed to ask "${api}" for its version: it says "${text.slice(0, 100)}".`, {
    exitCode: exitCodes.inconclusive,
  })
}

/** All proxies of the server, ours or not. */
export async function listProxies(api: string, limitMs: number): Promise<ProxyState[]> {
  const answer = expectOk(await request('GET', `${api}/proxies`, { limitMs }), 'list the proxies')
  return Object.values(JSON.parse(answer.text) as Record<string, ProxyState>)
}

/** The proxy with its toxics, or `null` when there is none of that name. */
export async function readProxy(api: string, name: string, limitMs: number): Promise<ProxyState | null> {
  const answer = await request('GET', proxyUrl(api, name), { limitMs })
  if (answer.status === 404) return null
  return JSON.parse(expectOk(answer, `read proxy "${name}"`).text) as ProxyState
}

export async function createProxy(api: string, proxy: ProxyAddress, limitMs: number): Promise<void> {
  expectOk(await request('POST', `${api}/proxies`, { body: proxy, limitMs }), `create proxy "${proxy.name}"`)
}

/** A proxy that is already gone is as good as deleted. */
export async function deleteProxy(api: string, name: string, limitMs: number): Promise<void> {
  const answer = await request('DELETE', proxyUrl(api, name), { limitMs })
  if (answer.status !== 404) expectOk(answer, `delete proxy "${name}"`)
}

/** Deletes the proxy, if it is there, and makes it anew without toxics. */
export async function recreateProxy(api: string, proxy: ProxyAddress, limitMs: number): Promise<void> {
  await deleteProxy(api, proxy.name, limitMs)
  await createProxy(api, proxy, limitMs)
}

export async function setEnabled(api: string, name: string, enabled: boolean, limitMs: number): Promise<void> {
  const answer = await request('PATCH', proxyUrl(api, name), { body: { enabled }, limitMs })
  expectOk(answer, `${enabled ? 'enable' : 'disable'} proxy "${name}"`)
}

export async function addToxic(api: string, name: string, toxic: Toxic, limitMs: number): Promise<void> {
  const answer = await request('POST', `${proxyUrl(api, name)}/toxics`, { body: toxic, limitMs })
  expectOk(answer, `add toxic "${toxic.name}" (${toxic.type}) to proxy "${name}"`)
}

/** A toxic that is already gone is as good as removed. */
export async function removeToxic(api: string, name: string, toxic: string, limitMs: number): Promise<void> {
  const answer = await request('DELETE', `${proxyUrl(api, name)}/toxics/${encodeURIComponent(toxic)}`, { limitMs })
  if (answer.status !== 404) expectOk(answer, `remove toxic "${toxic}"`)
}

/** Whether nobody listens where the server was: it has ended, and its proxies with it, since it keeps them nowhere else. */
export async function isServerGone(api: string, limitMs: number): Promise<boolean> {
  try {
    await request('GET', `${api}/version`, { limitMs })
    return false
  } catch (error) {
    return refusalIn(error)
  }
}

function refusalIn(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' || refusalIn(error.cause)
}

function expectOk(answer: HttpAnswer, doing: string): HttpAnswer {
  if (answer.status >= 200 && answer.status < 300) return answer
  throw new BrownoutError(
    'TOXIPROXY_REFUSED',
    `Failed to ${doing}: Toxiproxy answered ${answer.status} ${whyIn(answer.text)}`,
    { exitCode: exitCodes.inconclusive },
  )
}

/** The text of `{ "error": "proxy not found", "status": 404 }`, or what there is instead. */
function whyIn(text: string): string {
  try {
    return (JSON.parse(text) as { error: string }).error
  } catch {
    return text.trim().slice(0, 200)
  }
}
