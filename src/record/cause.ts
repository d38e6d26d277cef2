import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import type { EndedBy } from './record.ts'

/** Anything thrown, as the cause that ended something. What we did not expect is a bug of ours. */
export function causeOf(thrown: unknown): EndedBy {
  return thrown instanceof BrownoutError
    ? { code: thrown.code, message: thrown.message, exitCode: thrown.exitCode }
    : { code: 'BUG', message: messageOf(thrown), exitCode: exitCodes.bug }
}
