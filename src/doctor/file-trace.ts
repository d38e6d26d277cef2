import { existsSync, rmSync } from 'node:fs'
import { messageOf } from '../core/errors.ts'
import type { Remnant, Trace } from './remnant.ts'

/** A file or folder that nobody needs any more. */
export function fileTrace(file: string, { run, seen }: Pick<Remnant, 'run' | 'seen'>): Trace {
  return {
    look: () => Promise.resolve(existsSync(file) ? [{ kind: 'file', run, what: file, seen }] : []),
    remove: () => Promise.resolve(removeFile(file)),
  }
}

/** Why it could not be removed, by its path; nothing when it was. */
export function removeFile(file: string): Map<string, string> {
  try {
    rmSync(file, { force: true, recursive: true })
    return new Map()
  } catch (error) {
    return new Map([[file, messageOf(error)]])
  }
}
