import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BrownoutError, exitCodes, messageOf } from '../../core/errors.ts'
import { isAlive } from '../../core/process-identity.ts'

const prefix = '.building-'

/** A new folder of our own inside `folder`, so that what is made there can be moved to its place in one step. */
export function makeWorkFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true })
    for (const abandoned of abandonedBuilds(folder)) rmSync(abandoned, { recursive: true, force: true })
    return mkdtempSync(join(folder, `${prefix}${process.pid}-`))
  } catch (error) {
    throw new BrownoutError('UNWRITABLE', `Failed to write "${folder}": ${messageOf(error)}.`, {
      exitCode: exitCodes.usage,
      hint: 'Choose another folder, now and for every run: export BROWNOUT_PARTS=~/.brownout/parts',
      cause: error,
    })
  }
}

/** What builds that were killed left in a folder, and nobody works in: paths. */
export function abandonedBuilds(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .filter((name) => !isAlive({ pid: Number.parseInt(name.slice(prefix.length), 10), startTicks: null }))
    .map((name) => join(folder, name))
}
