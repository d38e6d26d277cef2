import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../core/process-identity.ts'
import { type Holdings, readLedger } from './ledger.ts'
import { type Leftover, releaseHoldings } from './release.ts'

/**
 * Lets go of what dead runs left behind (the machine lost power, or the watcher was killed too). Ledgers of runs that
 * live are not touched. Returns what could not be let go of.
 */
export async function sweepLedgers(folder: string): Promise<Leftover[]> {
  const left: Leftover[] = []
  if (!existsSync(folder)) return left
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ledger'))) {
    const file = join(folder, name)
    const holdings = tryRead(file)
    // One without a runner is just being opened; one that has vanished was closed.
    if (!holdings?.runner || isAlive(holdings.runner)) continue
    const remaining = await releaseHoldings(holdings)
    if (remaining.length === 0) rmSync(file, { force: true })
    left.push(...remaining)
  }
  return left
}

function tryRead(file: string): Holdings | null {
  try {
    return readLedger(file)
  } catch {
    return null
  }
}
