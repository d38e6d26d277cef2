import { isAlive, type ProcessIdentity, signalGroup } from '../core/process-identity.ts'
import { messageOf } from '../core/errors.ts'
import { within } from '../core/within.ts'
import { type Holdings, type LedgerUndo, type OwnProxies, ownServers } from './ledger.ts'
import { deleteOwnProxies } from './own-proxies.ts'
import { undoFromLedger } from './undo.ts'

/** What could not be let go of. */
export interface Leftover {
  what: string
  why: string
  isFault: boolean
}

/** Of one call, and of all undos together, ms: the processes take a second more, and two are promised. */
const callLimitMs = 300
const undoLimitMs = 900

/**
 * Lets go of everything a dead run held: faults first, all at once, then processes and proxies. Returns what is left, the
 * last fault first. Takes about a second when all goes well, and never much more than two.
 */
export async function releaseHoldings({ faults, processes, proxies }: Holdings): Promise<Leftover[]> {
  const servers = ownServers({ processes })
  // A proxy server of the run takes its faults with it; on its port may be somebody else's by now.
  const isOurs = servers.length > 0
  const tryOne = async (way: LedgerUndo) => ({ way, trouble: isOurs && 'api' in way ? ofServer : await troubleOf(way) })
  const tried = await Promise.all(
    faults.toReversed().map(async ({ text, undo }) => ({ what: text, ways: await Promise.all(undo.map(tryOne)) })),
  )
  const ended = endProcesses(processes.map(({ identity }) => identity))
  const proxiesLeft = (await Promise.all(proxies.map((own) => deleteOwnProxies(own, callLimitMs)))).flat()
  await ended
  const mayHold = (way: LedgerUndo) => {
    if ('resume' in way) return isAlive(way.resume)
    if (isOurs) return servers.some(isAlive)
    // Whatever was in a proxy went with it.
    return !wasOwn(way.proxy.name, proxies) || proxiesLeft.some(({ name }) => name === way.proxy.name)
  }
  const left = tried.flatMap(({ what, ways }) => {
    const troubles = ways.flatMap(({ way, trouble }) => (trouble !== null && mayHold(way) ? [trouble] : []))
    return troubles.length > 0 ? [{ what, why: [...new Set(troubles)].join('; '), isFault: true }] : []
  })
  const alive = processes
    .filter(({ identity }) => isAlive(identity))
    .map(({ name, identity }) => ({
      what: `process ${identity.pid} (${name})`,
      why: 'it does not end',
      isFault: false,
    }))
  const stays = proxiesLeft.map(({ name, why }) => ({ what: `proxy "${name}"`, why, isFault: false }))
  return [...left, ...alive, ...stays]
}

function wasOwn(name: string, proxies: readonly OwnProxies[]): boolean {
  return proxies.some(({ names }) => names.includes(name))
}

const ofServer = 'its proxy server does not end'

/** Why it is not undone; `null` when it is. */
async function troubleOf(way: LedgerUndo): Promise<string | null> {
  const late = () => new Error(`it was not undone in ${undoLimitMs} ms`)
  return within(undoLimitMs, undoFromLedger(way, callLimitMs), late).then(() => null, messageOf)
}

async function endProcesses(identities: readonly ProcessIdentity[]): Promise<void> {
  const alive = () => identities.filter(isAlive)
  for (const { pid } of alive()) signalGroup(pid, 'SIGTERM')
  for (let waited = 0; waited < 500 && alive().length > 0; waited += 50) await new Promise((r) => setTimeout(r, 50))
  for (const { pid } of alive()) signalGroup(pid, 'SIGKILL')
  for (let waited = 0; waited < 500 && alive().length > 0; waited += 50) await new Promise((r) => setTimeout(r, 50))
}
