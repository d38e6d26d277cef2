import { exitCodes } from '../core/errors.ts'
import type { EndedBy } from '../record/record.ts'
import { describe } from './exit.ts'
import { complain } from './safe-text.ts'

const causes = {
  SIGINT: { code: 'INTERRUPTED', message: 'interrupted (Ctrl-C)', exitCode: exitCodes.interrupted },
  SIGTERM: { code: 'TERMINATED', message: 'asked to end (SIGTERM)', exitCode: exitCodes.terminated },
  SIGHUP: { code: 'TERMINATED', message: 'the terminal went away (SIGHUP)', exitCode: exitCodes.terminated },
} as const

/** What a signal ends, and what is told of a bug: a session, as a rule. */
interface Endable {
  end(cause: EndedBy): void
  fail(error: unknown): void
}

let session: Endable | null = null
let isListening = false
/** A signal that was given, so that one between two runs ends the second as it begins. */
let asked: EndedBy | null = null

/** What nobody caught is a bug, never "a promise was broken"; a live session undoes everything first. */
export function catchBugs(): void {
  const onBug = (error: unknown) => {
    if (session) return session.fail(error)
    complain(describe(error))
    process.exit(exitCodes.bug)
  }
  process.on('uncaughtException', onBug)
  process.on('unhandledRejection', onBug)
  // Who reads our output may leave early, as `head` does; the run goes on without.
  for (const out of [process.stdout, process.stderr])
    out.on('error', (error: NodeJS.ErrnoException) => error.code === 'EPIPE' || onBug(error))
}

/** Ends the session on a signal; it then undoes everything before the process ends. A newer one takes its place. */
export function endOnSignals(live: Endable): void {
  session = live
  if (asked) live.end(asked)
  if (isListening) return
  isListening = true
  for (const [signal, cause] of Object.entries(causes)) {
    process.on(signal, () => {
      asked ??= cause
      session?.end(cause)
    })
  }
}

/** Everything is undone: a bug from now on is told, and ends the process. */
export function sessionIsOver(): void {
  session = null
}
