import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import { isAlive } from '../core/process-identity.ts'
import { readLedger } from '../fault/ledger.ts'
import { listRuns, namesIn } from './store.ts'

export interface Pruned {
  folder: string
  bytes: number
}

/**
 * Removes all but the newest `keep` runs of a home, and all but the newest `keep` systems that were `up`. Never one that
 * lives, and never what is not plainly a folder of a run under the id it was made with: a renamed one stays.
 */
export function pruneHome(home: string, { keep, dryRun = false }: { keep: number; dryRun?: boolean }): Pruned[] {
  const live = liveRuns(join(home, 'ledgers'))
  const old = [
    ...oldest(join(home, 'runs'), (folder) => existsSync(join(folder, 'run.json')), keep),
    ...oldest(join(home, 'up'), (folder) => existsSync(join(folder, 'logs')), keep),
  ]
  return old
    .filter(({ id }) => !live.has(id))
    .map(({ folder }) => {
      const bytes = sizeOf(folder)
      if (!dryRun) remove(folder)
      return { folder, bytes }
    })
}

function oldest(parent: string, isRun: (folder: string) => boolean, keep: number): { id: string; folder: string }[] {
  const found = listRuns(parent)
    .map((id) => ({ id, folder: join(parent, id) }))
    .filter(({ folder }) => isFolder(folder) && isRun(folder))
  return found.slice(0, Math.max(0, found.length - keep))
}

/** A link to a folder is none. */
function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Runs whose ledger names a runner that lives, or none yet. */
function liveRuns(ledgers: string): Set<string> {
  const ids = namesIn(ledgers).flatMap((file) => {
    try {
      const { runner } = readLedger(join(ledgers, file))
      return runner === null || isAlive(runner) ? [file.replace(/\.ledger$/, '')] : []
    } catch {
      // It was closed just now.
      return []
    }
  })
  return new Set(ids)
}

/** Links are not followed; `readdir` with `recursive` would. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return sizeOf(path)
      return entry.isFile() ? lstatSync(path).size : 0
    })
    .reduce((sum, bytes) => sum + bytes, 0)
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true })
  } catch (error) {
    throw new BrownoutError('RUN_NOT_REMOVED', `Failed to remove "${folder}": ${messageOf(error)}.`, {
      exitCode: exitCodes.usage,
      hint: 'Remove it by hand, or as the user who made it.',
      cause: error,
    })
  }
}
