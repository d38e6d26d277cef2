import { join } from 'node:path'
import { monotonicClock } from '../core/clock.ts'
import { exitCodes } from '../core/errors.ts'
import { openSession, type Session } from '../run/session.ts'
import { print } from './print.ts'
import { complain } from './safe-text.ts'
import { endOnSignals, sessionIsOver } from './signals.ts'

export interface StayUp {
  run: string
  home: string
  /** Where the watcher writes its log. */
  log: string
  /** Brings up what is to stay, held by the session; what it returns is printed. */
  start(session: Session): Promise<string>
}

/** Stays until Ctrl-C or until something ends, then undoes everything. Returns the exit code. */
export async function stayUp({ run, home, log, start }: StayUp): Promise<number> {
  const session = await openSession(run, join(home, 'ledgers'), monotonicClock(), log)
  endOnSignals(session)
  try {
    print(await start(session))
    await over(session)
  } catch (error) {
    session.fail(error)
  }
  const failures = await session.close()
  sessionIsOver()
  for (const { what, why } of failures) complain(`could not end ${what}: ${why}`)
  const cause = session.endedBy
  if (!cause || cause.code === 'INTERRUPTED' || cause.code === 'TERMINATED') return exitCodes.kept
  complain([cause.message, cause.hint].filter((line) => line !== undefined).join('\n'))
  return cause.exitCode
}

async function over(session: Session): Promise<void> {
  await new Promise<void>((done) => {
    // The timer keeps the process alive; the session's end is the only way out.
    const alive = setInterval(() => undefined, 60_000)
    const leave = () => {
      clearInterval(alive)
      done()
    }
    if (session.over) leave()
    session.signal.addEventListener('abort', leave, { once: true })
  })
}
