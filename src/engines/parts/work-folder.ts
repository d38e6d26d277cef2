import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BrownoutError, exitCodes, messageOf } from '../../core/errors.ts'
import { isAlive } from '../../core/process-identity.ts'

const prefix = '.building-'

/** A new folder of our own inside `folder`, so that what is made there can be moved to its place in one step. */
export function makeWorkFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    removeAbandoned(folder)
    return mkdtempSync(join(folder, `${prefix}${process.pid}-`))
  } catch (error) {
    throw new BrownoutError('UNWRITABLE', `Failed to write "${folder}": ${messageOf(error)}.`, {
      exitCode: exitCodes.usage,
      hint: 'Choose another folder, now and for every run: export BROWNOUT_PARTS=~/.brownout/parts',
      cause: error,
    })
  }
}

/** What was left behind by a build that was killed. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    const pid = Number.parseInt(name.slice(prefix.length), 10)
    if (!isAlive({ pid, startTicks: null })) rmSync(join(folder, name), { recursive: true, force: true })
  }
}
