import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes } from '../core/errors.ts'
import { identify, isAlive, type ProcessIdentity } from '../core/process-identity.ts'
import { unwritable } from '../core/unwritable.ts'

const file = 'live'

/**
 * Makes the folder of a run and says in it that the run lives, as long as this process does or until what is returned is
 * disposed of: when its report is stored.
 */
export function markLive(folder: string): Disposable {
  const path = join(folder, file)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, JSON.stringify(identify(process.pid)))
  } catch (error) {
    throw unwritable(path, error, exitCodes.usage)
  }
  return { [Symbol.dispose]: () => rmSync(path, { force: true }) }
}

/** Whether the run of a folder lives, or may: a mark that cannot be read is one. */
export function isLive(folder: string): boolean {
  const mark = readMark(folder)
  return mark !== null && (mark.runner === null || isAlive(mark.runner))
}

export interface LiveMark {
  file: string
  /** Who plays, judges or stores the run; `null` when the mark does not say. */
  runner: ProcessIdentity | null
}

/** The mark of a run that lives, or that nobody took away; `null` when there is none. */
export function readMark(folder: string): LiveMark | null {
  const path = join(folder, file)
  try {
    const runner = JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity | null
    return { file: path, runner: Number.isInteger(runner?.pid) ? runner : null }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    return ['ENOENT', 'ENOTDIR'].includes(code) ? null : { file: path, runner: null }
  }
}
