import { isAlive, type ProcessIdentity, signalGroup } from '../core/process-identity.ts'
import { messageOf } from '../core/errors.ts'
import { undoFromLedger } from './undo.ts'
import type { Holdings } from './ledger.ts'

/** What could not be let go of. */
export interface Leftover {
  what: string
  why: string
  isFault: boolean
}

/**
 * Lets go of everything a dead run held: faults first, the last one first, then processes. Returns what is left. Takes
 * about a second when all goes well, and never much more than two.
 */
export async function releaseHoldings({ faults, processes }: Holdings): Promise<Leftover[]> {
  const left: Leftover[] = []
  const servers = processes.filter(({ name }) => name === 'toxiproxy')
  // A proxy server of the run that is gone took its faults with it; on its port may be somebody else's by now.
  const isServed = () => servers.length === 0 || servers.some(({ identity }) => isAlive(identity))
  for (const fault of faults.toReversed()) {
    const served = isServed()
    const ways = fault.undo.filter((undo) => 'resume' in undo || served)
    const undone = await Promise.allSettled(ways.map((undo) => undoFromLedger(undo, 300)))
    const failed = undone.filter((result) => result.status === 'rejected').map((result) => messageOf(result.reason))
    if (failed.length > 0) left.push({ what: fault.text, why: failed.join('; '), isFault: true })
  }
  await endProcesses(processes.map((process) => process.identity))
  const alive = processes
    .filter(({ identity }) => isAlive(identity))
    .map(({ name, identity }) => ({
      what: `process ${identity.pid} (${name})`,
      why: 'it does not end',
      isFault: false,
    }))
  return [...(isServed() ? left : []), ...alive]
}

async function endProcesses(identities: readonly ProcessIdentity[]): Promise<void> {
  const alive = () => identities.filter(isAlive)
  for (const { pid } of alive()) signalGroup(pid, 'SIGTERM')
  for (let waited = 0; waited < 500 && alive().length > 0; waited += 50) await new Promise((r) => setTimeout(r, 50))
  for (const { pid } of alive()) signalGroup(pid, 'SIGKILL')
  for (let waited = 0; waited < 500 && alive().length > 0; waited += 50) await new Promise((r) => setTimeout(r, 50))
}
