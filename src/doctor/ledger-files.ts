import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { messageOf } from '../core/errors.ts'
import { isAlive } from '../core/process-identity.ts'
import { type Holdings, readLedger } from '../fault/ledger.ts'

/** A ledger, and what became of its run. */
export type LedgerFile = { file: string; run: string } & (
  | { standing: 'live' | 'over'; holdings: Holdings }
  | { standing: 'unreadable'; why: string }
)

/** A ledger without a word of its runner is one that is just being opened, for so long, ms. */
const openingMs = 10_000

/** All ledgers of a folder, but for those just being opened. A folder that cannot be read counts as one that cannot be read. */
export function ledgerFiles(folder: string): LedgerFile[] {
  if (!existsSync(folder)) return []
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.ledger'))
    return names.toSorted().flatMap((name) => standingOf(join(folder, name)) ?? [])
  } catch (error) {
    return [{ file: folder, run: 'any', standing: 'unreadable', why: messageOf(error) }]
  }
}

function standingOf(file: string): LedgerFile | null {
  const run = basename(file, '.ledger')
  try {
    const { size, mtimeMs } = statSync(file)
    const holdings = readLedger(file)
    const { runner, faults, processes } = holdings
    if (runner) return { file, run, standing: isAlive(runner) ? 'live' : 'over', holdings }
    if (Date.now() - mtimeMs < openingMs) return null
    if (size > 0 && faults.length + processes.length === 0)
      return { file, run, standing: 'unreadable', why: 'none of its lines can be read' }
    return { file, run, standing: 'over', holdings }
  } catch (error) {
    // It was closed while we looked.
    if (!existsSync(file)) return null
    return { file, run, standing: 'unreadable', why: messageOf(error) }
  }
}
