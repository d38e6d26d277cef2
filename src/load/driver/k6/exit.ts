import type { Exit } from '../../../core/child.ts'
import { BrownoutError, exitCodes } from '../../../core/errors.ts'

/** What k6's own exit codes mean; the rest is not k6's. */
const meanings: Readonly<Record<number, string>> = {
  99: 'a threshold was crossed',
  100: 'setup() took too long',
  101: 'teardown() took too long',
  102: 'a time limit',
  103: 'stopped through its API',
  104: 'the script or its options are invalid',
  105: 'stopped by a signal',
  106: 'its API could not listen',
  107: 'the script threw an exception',
  108: 'the script aborted the test',
  109: 'a panic of k6 itself',
  110: 'the script marked the test as failed',
}

/** `exit code 107: the script threw an exception`, `SIGKILL` */
export function exitText({ code, signal }: Exit): string {
  if (code === null) return signal ?? 'unknown'
  const meaning = meanings[code]
  return meaning === undefined ? `exit code ${code}` : `exit code ${code}: ${meaning}`
}

/** `how`: with its last words. */
export function diedOf(how: string, hasBegun: boolean): BrownoutError {
  const when = hasBegun ? 'in the middle of its play' : 'before its first arrival'
  return new BrownoutError('LOAD_DIED', `k6 ended ${when} (${how}).`, { exitCode: exitCodes.inconclusive })
}
