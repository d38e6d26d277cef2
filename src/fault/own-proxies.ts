import { messageOf } from '../core/errors.ts'
import type { OwnProxies } from './ledger.ts'
import { deleteProxy, isServerGone, readProxy } from './toxiproxy-api.ts'

/** A proxy that could not be seen to be gone. */
export interface ProxyLeft {
  name: string
  why: string
}

/**
 * Deletes the proxies of a run from a server that has others too, with all their toxics, and sees that they are gone.
 * Touches no other. Returns those that may be left; never rejects. Each call takes `limitMs` at most.
 */
export async function deleteOwnProxies({ api, names }: OwnProxies, limitMs: number): Promise<ProxyLeft[]> {
  const deleted = await Promise.all(names.map((name) => deleteOne(api, name, limitMs)))
  const left = deleted.filter((one) => one !== null)
  return left.length > 0 && (await isServerGone(api, limitMs)) ? [] : left
}

async function deleteOne(api: string, name: string, limitMs: number): Promise<ProxyLeft | null> {
  try {
    await deleteProxy(api, name, limitMs)
    return (await readProxy(api, name, limitMs)) === null ? null : { name, why: 'it is still there' }
  } catch (error) {
    return { name, why: messageOf(error) }
  }
}
