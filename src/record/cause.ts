import { BrownoutError, exitCodes, messageOf } from '../core/errors.ts'
import type { EndedBy } from './record.ts'

/** Anything thrown, as the cause that ended something. What we did not expect is a bug of ours. */
export function causeOf(thrown: unknown): EndedBy {
  if (thrown instanceof BrownoutError) {
    const { code, message, exitCode, hint } = thrown
    return { code, message, exitCode, ...(hint === undefined ? {} : { hint }) }
  }
  const stack = thrown instanceof Error ? thrown.stack : undefined
  return { code: 'BUG', message: messageOf(thrown), exitCode: exitCodes.bug, ...(stack === undefined ? {} : { stack }) }
}
