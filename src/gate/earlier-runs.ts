import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import type { RunRecord } from '../record/record.ts'
import { findRun, isRunId, namesIn, readRun } from '../record/store.ts'
import type { CoveragePoint, Report } from '../report/report.ts'
import { upgradeReport } from '../report/upgrade.ts'

/** What earlier runs must have in common with one to be held against it. */
export type Likeness = Pick<RunRecord, 'id' | 'variants'> & { system: Pick<RunRecord['system'], 'name'> }

/** How many runs are looked at, newest first; a home may hold thousands, of which few were renamed. */
const mostLookedAt = 100
const mostPoints = 20

/**
 * The report that a user names: by the file, the run's folder, its id, or `latest`: the newest whole gate before `run`, of
 * the same system with the same variants; `null` when there is none yet. Rejects what is no report, one of a newer version
 * and one of another system.
 */
export function findEarlier(runs: string, named: string, run: Likeness): Report | null {
  if (named === 'latest') return earlierGates(runs, run).next().value ?? null
  const place = named.endsWith('.json') ? named : findRun(runs, named)
  const report = readReport(isFolder(place) ? join(place, 'report.json') : place)
  if (report.run.system === run.system.name) return report
  throw new BrownoutError(
    'ANOTHER_SYSTEM',
    `Failed to compare with "${named}": it is about "${report.run.system}", not "${run.system.name}".`,
    { exitCode: exitCodes.usage, hint: 'Name a run of the same system, or --against latest.' },
  )
}

/** The coverage that earlier runs of the same system had, oldest first. */
export function coverageBefore(runs: string, run: Likeness): CoveragePoint[] {
  const points: CoveragePoint[] = []
  for (const { run: earlier, coverage } of earlierGates(runs, run)) {
    const { proven, declared, undeclared } = coverage
    points.unshift({ run: earlier.id, at: earlier.startedAt, proven, declared, undeclared })
    if (points.length === mostPoints) break
  }
  return points
}

/** Gates that played every scenario to its end, newest first. */
function* earlierGates(runs: string, run: Likeness): Generator<Report, undefined> {
  const before = namesById(runs).filter(([id]) => id < run.id)
  for (const [, name] of before.slice(-mostLookedAt).toReversed()) {
    const report = reportOfGate(join(runs, name), run)
    if (report) yield report
  }
}

/** Runs by the ids they were made with, oldest first. One that was renamed is still known to its record. */
function namesById(runs: string): [id: string, name: string][] {
  const names = new Map<string, string>()
  for (const name of namesIn(runs)) {
    const id = isRunId(name) ? name : idIn(join(runs, name))
    if (id !== null) names.set(id, name)
  }
  return [...names].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function idIn(folder: string): string | null {
  try {
    return readRun(folder).id
  } catch {
    return null
  }
}

/** `null` also for what cannot be read: a run that was killed, or one of a newer Brownout, is no trouble of this one. */
function reportOfGate(folder: string, run: Likeness): Report | null {
  try {
    return isLike(readRun(folder), run) ? readReport(join(folder, 'report.json')) : null
  } catch {
    return null
  }
}

function isLike({ whole, endedBy, endedAt, system, variants }: RunRecord, run: Likeness): boolean {
  const isEnded = endedAt !== null && endedBy === null
  const isSame = system.name === run.system.name && String(variants) === String(run.variants)
  return whole && isEnded && isSame
}

/** Rejects a file that holds no report, or one of a newer version. */
export function readReport(file: string): Report {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new BrownoutError('NO_REPORT', `Failed to read the report "${file}": ${messageOf(error)}.`, {
      exitCode: exitCodes.usage,
      hint: 'Name a run by its id or folder, a report.json, or --against latest.',
      cause: error,
    })
  }
  return upgradeReport(json, file)
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
