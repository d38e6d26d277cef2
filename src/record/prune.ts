import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../core/errors.ts'
import { isLive } from './live.ts'
import { listRuns } from './store.ts'

export interface Pruned {
  folder: string
  bytes: number
}

export interface PruneOptions {
  /** How many of the newest stay. */
  keep: number
  /** Ids of runs that stay in any case. */
  spare?: readonly string[]
  dryRun?: boolean
}

/**
 * Removes all but the newest `keep` runs of a home, and all but the newest `keep` systems that were `up`. Never one that
 * lives, and never what is not plainly a folder of a run under the id it was made with: a renamed one stays. One that cannot
 * be removed is told and keeps no other.
 */
export function pruneHome(home: string, options: PruneOptions): { pruned: Pruned[]; failures: string[] } {
  const { keep, spare = [], dryRun = false } = options
  const old = [
    ...oldest(join(home, 'runs'), (folder) => existsSync(join(folder, 'run.json')), keep),
    ...oldest(join(home, 'up'), (folder) => existsSync(join(folder, 'logs')), keep),
  ]
  const pruned: Pruned[] = []
  const failures: string[] = []
  for (const { id, folder } of old) {
    if (spare.includes(id) || isLive(folder)) continue
    try {
      const bytes = sizeOf(folder)
      if (!dryRun) rmSync(folder, { recursive: true })
      pruned.push({ folder, bytes })
    } catch (error) {
      failures.push(`Failed to remove "${folder}": ${messageOf(error)}.`)
    }
  }
  return { pruned, failures }
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
