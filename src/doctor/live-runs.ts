import type { LedgerFile } from './ledger-files.ts'
import type { RunFolder } from './run-folders.ts'

/** A run of somebody that is under way. It is told, and never touched. */
export interface LiveRun {
  run: string
  /** Its runner; `null` where nothing says who that is. */
  pid: number | null
  faults: string[]
  processes: number
}

/** Runs that a ledger or the mark in their folder says are alive; by their ids. */
export function liveRuns(ledgers: readonly LedgerFile[], folders: readonly RunFolder[]): Map<string, LiveRun> {
  const live = new Map<string, LiveRun>()
  for (const { run, mark, isLive } of folders)
    if (isLive) live.set(run, { run, pid: mark?.runner?.pid ?? null, faults: [], processes: 0 })
  for (const ledger of ledgers) {
    if (ledger.standing !== 'live') continue
    const { runner, faults, processes } = ledger.holdings
    const texts = faults.map(({ text }) => text)
    live.set(ledger.run, { run: ledger.run, pid: runner?.pid ?? null, faults: texts, processes: processes.length })
  }
  return live
}
