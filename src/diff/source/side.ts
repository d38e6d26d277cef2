import type { Problem } from '../../core/errors.ts'
import type { Version } from '../version.ts'

/** One side of a comparison as it was found. */
export interface Side {
  /** As the user named it. */
  name: string
  version: Version
  /** What is wrong with it: nothing is to be compared then. */
  problems: Problem[]
  /** What was left out, and why. */
  notes: Problem[]
}

export function emptySide(name: string, problem: Omit<Problem, 'file' | 'path'>): Side {
  const nothing = { interactions: [], messages: [] }
  return { name, version: nothing, problems: [{ file: name, path: [], ...problem }], notes: [] }
}
