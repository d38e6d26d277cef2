import { exitCodes } from '../core/errors.ts'
import type { Session } from '../run/session.ts'

const causes = {
  SIGINT: { code: 'INTERRUPTED', message: 'interrupted (Ctrl-C)', exitCode: exitCodes.interrupted },
  SIGTERM: { code: 'TERMINATED', message: 'asked to end (SIGTERM)', exitCode: exitCodes.terminated },
  SIGHUP: { code: 'TERMINATED', message: 'the terminal went away (SIGHUP)', exitCode: exitCodes.terminated },
} as const

/** Ends the session on a signal, or on a bug; the session then undoes everything before the process ends. */
export function endOnSignals(session: Session): void {
  for (const [signal, cause] of Object.entries(causes)) process.on(signal, () => session.end(cause))
  process.on('uncaughtException', (error) => session.fail(error))
  process.on('unhandledRejection', (error) => session.fail(error))
}
