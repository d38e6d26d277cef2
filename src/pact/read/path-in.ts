import { parsePath, type PathStep } from '../path.ts'

/** No path that somebody wrote is longer. A pattern that walks along a text of megabytes exhausts the stack. */
const maxLength = 10_000

/** The path that a key of a file is, or `undefined` when it is none. */
export function pathIn(key: string): PathStep[] | undefined {
  return key.length > maxLength ? undefined : parsePath(key)
}
