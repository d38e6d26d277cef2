import { join } from 'node:path'
import { type LedgerFile, ledgerFiles } from './ledger-files.ts'
import { ledgerTrace, unreadableTrace } from './ledger-trace.ts'
import { type LiveRun, liveRuns } from './live-runs.ts'
import type { Trace } from './remnant.ts'
import { markTrace, runFolders } from './run-folders.ts'
import { letWatchersFinish, runWriters, type Stray, strayTrace } from './strays.ts'

/** What a home tells of runs. */
export interface HomeSearch {
  live: LiveRun[]
  /** Of runs that are over, in the order in which to remove them. */
  traces: Trace[]
}

/** The watcher of a run needs two seconds at most; one that takes longer is itself something left behind. */
const watcherMs = 4_000

/** Reads and waits, at most for the watchers of runs that have just ended; touches nothing. */
export async function searchHome(home: string): Promise<HomeSearch> {
  await letWatchersFinish(readHome(home).strays, watcherMs)
  const { ledgers, folders, live, strays } = readHome(home)
  return {
    live: [...live.values()],
    traces: [
      ...ledgers.flatMap(tracesOf),
      ...strays.map(strayTrace),
      ...folders.flatMap(({ run, mark }) => (mark && !live.has(run) ? [markTrace(run, mark)] : [])),
    ],
  }
}

function readHome(home: string) {
  const ledgers = ledgerFiles(join(home, 'ledgers'))
  const folders = runFolders(home)
  const live = liveRuns(ledgers, folders)
  const noted = new Set(ledgers.flatMap(processesIn))
  const isStray = ({ run, identity }: Stray) => !live.has(run) && !noted.has(identity.pid)
  return { ledgers, folders, live, strays: runWriters(home).filter(isStray) }
}

function processesIn(ledger: LedgerFile): number[] {
  return ledger.standing === 'unreadable' ? [] : ledger.holdings.processes.map(({ identity }) => identity.pid)
}

function tracesOf(ledger: LedgerFile): Trace[] {
  switch (ledger.standing) {
    case 'live':
      return []
    case 'over':
      return [ledgerTrace(ledger.file, ledger.run, ledger.holdings)]
    case 'unreadable':
      return [unreadableTrace(ledger.file, ledger.run, ledger.why)]
  }
}
