import { messageOf } from '../core/errors.ts'
import type { OwnProxies } from '../fault/ledger.ts'
import { isServerGone, listProxies } from '../fault/toxiproxy-api.ts'

/** Of a call to a proxy server, ms. */
const limitMs = 500

/** Which proxies of a run are on a server that is not its own, and what is seen of each. */
export async function seeProxies({ api, names }: OwnProxies): Promise<{ name: string; seen: string }[]> {
  try {
    const there = await listProxies(api, limitMs)
    return there.filter(({ name }) => names.includes(name)).map(({ name }) => ({ name, seen: `it is on ${api}` }))
  } catch (error) {
    if (await isServerGone(api, limitMs)) return []
    return names.map((name) => ({ name, seen: `it may be on ${api}: ${messageOf(error)}` }))
  }
}
