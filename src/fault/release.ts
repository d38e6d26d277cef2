import { rmSync } from 'node:fs'
import { isAlive, type ProcessIdentity, signalGroup } from '../core/process-identity.ts'
import { undoOverToxiproxy } from './undo.ts'
import type { Holdings } from './ledger.ts'

/** What could not be let go of. */
export interface Leftover {
  what: string
  why: string
}

/**
 * Lets go of everything a dead run held: faults first, then processes, then folders. A fault whose proxy is gone is gone.
 * Returns what is left. Takes about a second when all goes well, and never much more than two.
 */
export async function releaseHoldings(holdings: Holdings): Promise<Leftover[]> {
  const left: Leftover[] = []
  for (const fault of holdings.faults) {
    const undone = await Promise.allSettled(fault.undo.map((undo) => undoOverToxiproxy(undo, { limitMs: 300 })))
    const failed = undone.filter((result) => result.status === 'rejected').map((result) => String(result.reason))
    if (failed.length > 0) left.push({ what: fault.text, why: failed.join('; ') })
  }
  await endProcesses(holdings.processes.map((process) => process.identity))
  for (const { name, identity } of holdings.processes) {
    if (isAlive(identity)) left.push({ what: `process ${identity.pid} (${name})`, why: 'it does not end' })
  }
  for (const folder of holdings.folders) rmSync(folder, { recursive: true, force: true })
  // A proxy of ours that had to be killed took its faults with it.
  const proxyProcesses = holdings.processes.filter(({ name }) => name === 'toxiproxy')
  const proxiesGone = proxyProcesses.length > 0 && proxyProcesses.every(({ identity }) => !isAlive(identity))
  return proxiesGone ? left.filter(({ what }) => what.startsWith('process ')) : left
}

async function endProcesses(identities: readonly ProcessIdentity[]): Promise<void> {
  const alive = () => identities.filter(isAlive)
  for (const { pid } of alive()) signalGroup(pid, 'SIGTERM')
  for (let waited = 0; waited < 500 && alive().length > 0; waited += 50) await new Promise((r) => setTimeout(r, 50))
  for (const { pid } of alive()) signalGroup(pid, 'SIGKILL')
  for (let waited = 0; waited < 500 && alive().length > 0; waited += 50) await new Promise((r) => setTimeout(r, 50))
}
