import { join, resolve } from 'node:path'
import { monotonicClock } from '../core/clock.ts'
import { exitCodes } from '../core/errors.ts'
import { readEngines, type Role } from '../engines/choice.ts'
import type { FaultRecord } from '../fault/record.ts'
import { markLive } from '../record/live.ts'
import { RunStore } from '../record/store.ts'
import type { Engines } from '../run/engines.ts'
import { faultsLeft, notUndone } from '../run/not-undone.ts'
import { prepare, type Prepared } from '../run/prepare.ts'
import { openSession, type Session } from '../run/session.ts'
import { enginesFor } from './engines.ts'
import { newRunId, newSeed, today } from './new-run.ts'
import type { PlayOptions } from './options.ts'
import { print } from './print.ts'
import { complain } from './safe-text.ts'
import { endOnSignals, sessionIsOver } from './signals.ts'

/** A system that is to be started and to stay. */
export interface Standing {
  prepared: Prepared
  engines: Engines
  store: RunStore
  session: Session
  /** To be told of each fault that could not be undone: the run ends with it. */
  onStuck(fault: FaultRecord): void
}

export interface StayUp {
  proxied: boolean
  roles: readonly Role[]
  /** Starts what is to stay, held by the session; what it returns is printed. */
  start(standing: Standing): Promise<string>
}

/** Stays until Ctrl-C or until something ends, then undoes everything. Returns the exit code. */
export async function stayUp(options: PlayOptions, { proxied, roles, start }: StayUp): Promise<number> {
  const choice = readEngines(options.engines)
  const home = resolve(options.home)
  const run = newRunId()
  const folder = join(home, 'up', run)
  using _live = markLive(folder)
  const store = new RunStore(folder)
  const prepared = await prepare({
    config: options.config,
    cwd: process.cwd(),
    variants: options.variant,
    only: [],
    seed: options.seed ?? newSeed(),
    today: today(),
    data: join(store.folder, 'data'),
    proxied,
  })
  const engines = await enginesFor(choice, prepared, roles)
  const session = await openSession(run, join(home, 'ledgers'), monotonicClock(), store.log('watcher'))
  endOnSignals(session)
  const stuck: FaultRecord[] = []
  const onStuck = (fault: FaultRecord) => {
    stuck.push(fault)
    session.end(notUndone(fault))
  }
  try {
    print(await start({ prepared, engines, store, session, onStuck }))
    await over(session)
  } catch (error) {
    session.fail(error)
  }
  const failures = await session.close()
  sessionIsOver()
  for (const { what, why } of failures) complain(`could not end ${what}: ${why}`)
  const left = faultsLeft(stuck, failures)
  for (const text of left) complain(`${text} may still be in force: brownout doctor --fix`)
  if (left.length > 0) return exitCodes.faultMayRemain
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
