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
  try {
    return isAlive(JSON.parse(readFileSync(join(folder, file), 'utf8')) as ProcessIdentity)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}
