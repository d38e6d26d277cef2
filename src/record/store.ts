import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import { unwritable } from '../core/unwritable.ts'
import { readEvidence } from '../load/evidence-file.ts'
import type { SampleTable } from '../load/sample.ts'
import { readSamples } from '../load/samples-file.ts'
import type { Evidence } from '../load/workload.ts'
import type { RunRecord, ScenarioRecord } from './record.ts'
import { whatIsMissing } from './shape.ts'
import { type StoredRun, upgradeRun } from './upgrade.ts'

/**
 * A run on disk; it can be copied to another machine and judged there.
 *
 *   <run>/run.json                     the record, written anew whenever something is known
 *   <run>/<scenario>/samples.bin       one record a response (src/load/sample.ts)
 *   <run>/<scenario>/evidence.jsonl    responses worth showing
 *   <run>/logs/<instance>.log          what each service wrote
 *   <run>/live                         names the runner, while there is one (src/record/live.ts)
 *   <run>/baseline/, <run>/data/       the load before the first scenario; a folder for each instance
 *   <run>/report.json                  the verdict, as it was given
 */
export class RunStore {
  readonly folder: string
  /** Before anything was written, a folder that takes nothing is bad usage; after that, a disk that became full. */
  #hasBegun = false

  constructor(folder: string) {
    this.folder = folder
    try {
      mkdirSync(join(folder, 'logs'), { recursive: true })
    } catch (error) {
      throw unwritable(folder, error, exitCodes.usage)
    }
  }

  /** Replaces `run.json` in one step: a reader, or a crash, finds the old record or the new one. */
  save(record: RunRecord): void {
    this.write('run.json', JSON.stringify(record, null, 1))
  }

  write(name: string, text: string): void {
    const file = join(this.folder, name)
    try {
      writeFileSync(`${file}.part`, text)
      renameSync(`${file}.part`, file)
      this.#hasBegun = true
    } catch (error) {
      rmSync(`${file}.part`, { force: true })
      throw unwritable(file, error, this.#hasBegun ? exitCodes.inconclusive : exitCodes.usage)
    }
  }

  log(name: string): string {
    return join(this.folder, 'logs', `${name}.log`)
  }

  /** The files of a scenario's load; its folder is made. */
  files(scenario: string): { samples: string; evidence: string } {
    const folder = join(this.folder, scenario)
    try {
      mkdirSync(folder, { recursive: true })
    } catch (error) {
      throw unwritable(folder, error)
    }
    return { samples: join(folder, 'samples.bin'), evidence: join(folder, 'evidence.jsonl') }
  }
}

const ownNames = ['baseline', 'data', 'logs', 'live', 'run.json', 'report.json', 'junit.xml', 'report.md']

/** Whether a scenario of this name (in lower case) would have a folder of the run's own for its folder. */
export function isTaken(scenario: string): boolean {
  return ['', '.', '..', ...ownNames].includes(scenario)
}

/** Reads a run's record. Rejects a folder that holds none, and a record that is not whole or of a newer version. */
export function readRun(folder: string): RunRecord {
  const fail = (why: string, cause?: unknown) =>
    new BrownoutError('NO_RUN', `Failed to read the run "${folder}": ${why}.`, {
      exitCode: exitCodes.usage,
      hint: 'Name the folder of a run, the one that holds run.json, or its id.',
      cause,
    })
  let json: unknown
  try {
    json = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))
  } catch (error) {
    throw fail(messageOf(error), error)
  }
  const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown }
  if (format !== 'brownout-run') throw fail('run.json is not the record of a run')
  if (version !== 1 && version !== 2)
    throw fail(`it was made by a newer Brownout (record version ${String(version)}, known: 1 and 2)`)
  const record = json as StoredRun
  const missing = whatIsMissing(record)
  if (missing !== null) throw fail(`it is not whole: ${missing}`)
  return upgradeRun(record)
}

/** A scenario's responses, sorted by when they were sent, and its evidence; both empty when it was not played. */
export function readResponses(
  folder: string,
  scenario: ScenarioRecord,
): { samples: SampleTable; evidence: Evidence[] } {
  return {
    samples: readSamples(join(folder, scenario.name, 'samples.bin')),
    evidence: readEvidence(join(folder, scenario.name, 'evidence.jsonl')),
  }
}

/** The folder of a run named by path or id, or the newest of `runs` for `latest`. */
export function findRun(runs: string, name: string): string {
  if (name !== 'latest') return name.includes('/') ? name : join(runs, name)
  const newest = listRuns(runs).findLast((id) => existsSync(join(runs, id, 'run.json')))
  if (newest === undefined) {
    throw new BrownoutError('NO_RUN', `Failed to find a run: "${runs}" holds none.`, {
      exitCode: exitCodes.usage,
      hint: 'npx brownout gate',
    })
  }
  return join(runs, newest)
}

/** What lies in a folder of runs under the id it was made with, oldest first: ids sort by time. */
export function listRuns(runs: string): string[] {
  return namesIn(runs).filter(isRunId).toSorted()
}

/** Everything in a folder, runs that were renamed among it; nothing when it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** `20261121-084837-x7k2` */
export function isRunId(name: string): boolean {
  return /^\d{8}-\d{6}-[0-9a-z]{4}$/.test(name)
}
