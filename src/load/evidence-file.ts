import { readFileSync } from 'node:fs'
import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import type { Evidence } from './workload.ts'

/** Reads a file of evidence, in the order in which it was written; none when there is no file. */
export function readEvidence(file: string): Evidence[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw unreadable(file, error)
  }
  // What follows the last line's end was being written when its run was killed.
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line, index) => {
    try {
      return JSON.parse(line) as Evidence
    } catch (error) {
      throw unreadable(`${file}:${index + 1}`, error)
    }
  })
}

function unreadable(what: string, cause: unknown): BrownoutError {
  return new BrownoutError('EVIDENCE_UNREADABLE', `Failed to read "${what}": ${messageOf(cause)}.`, {
    exitCode: exitCodes.usage,
    cause,
  })
}
