import { messageOf } from '../core/errors.ts'
import { isAlive, isStopped, type ProcessIdentity } from '../core/process-identity.ts'
import type { LedgerUndo, ToxiproxyUndo } from '../fault/ledger.ts'
import { isServerGone, readProxy } from '../fault/toxiproxy-api.ts'

/** Of a call to a proxy server, ms. */
const limitMs = 500

/** What is seen of a fault of a ledger, without touching it; `null` when it is not in force. */
export async function seeFault(
  undo: readonly LedgerUndo[],
  servers: readonly ProcessIdentity[],
): Promise<string | null> {
  const seen = await Promise.all(undo.map((way) => ('resume' in way ? seePaused(way.resume) : seeToxic(way, servers))))
  const inForce = [...new Set(seen.filter((text) => text !== null))]
  return inForce.length > 0 ? inForce.join('; ') : null
}

function seePaused(identity: ProcessIdentity): string | null {
  if (!isAlive(identity)) return null
  const stands = isStopped(identity)
  if (stands === null) return `process ${identity.pid} may stand still`
  return stands ? `process ${identity.pid} stands still` : null
}

async function seeToxic(
  { api, proxy: { name }, toxic }: ToxiproxyUndo,
  servers: readonly ProcessIdentity[],
): Promise<string | null> {
  // On the port of a server that ended may be somebody else's by now.
  if (servers.length > 0 && !servers.some(isAlive)) return null
  try {
    const state = await readProxy(api, name, limitMs)
    if (state === null) return null
    if (toxic === null) return state.enabled ? null : `proxy "${name}" of ${api} is disabled`
    const isThere = state.toxics.some((each) => each.name === toxic)
    return isThere ? `proxy "${name}" of ${api} has the toxic "${toxic}"` : null
  } catch (error) {
    // A server that ended took its faults with it.
    return (await isServerGone(api, limitMs)) ? null : `it may be in force: ${messageOf(error)}`
  }
}
