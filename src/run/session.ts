import { join } from 'node:path'
import type { Child } from '../core/child.ts'
import { type Program, startProgram } from '../core/start-program.ts'
import type { Clock, ClockAnchor } from '../core/clock.ts'
import { exitCodes } from '../core/errors.ts'
import { identify } from '../core/process-identity.ts'
import { Scope, type UndoFailure } from '../core/scope.ts'
import { Ledger } from '../fault/ledger.ts'
import { causeOf } from '../record/cause.ts'
import type { EndedBy } from '../record/record.ts'

/**
 * What a run holds and why it may end early. The first cause wins: `endedBy` is set once, and `signal` aborts with it,
 * so that every wait of the run ends. Closing undoes everything in reverse order.
 */
export class Session {
  readonly run: string
  readonly ledger: Ledger
  readonly scope = new Scope()
  readonly clock: Clock
  readonly #watcher: Program
  readonly #abort = new AbortController()
  #closing = false
  endedBy: EndedBy | null = null

  constructor(run: string, ledger: Ledger, watcher: Program, clock: Clock) {
    this.run = run
    this.ledger = ledger
    this.clock = clock
    this.#watcher = watcher
    watcher.on('expired', (lease: { text: string; trouble: string | null }) => this.end(expired(lease)))
    void watcher.exited.then(() => this.#closing || this.end(unwatched))
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  get over(): boolean {
    return this.endedBy !== null
  }

  /** Ends the run for this cause, unless it has ended for another; that a fault may remain outranks every cause. */
  end(cause: EndedBy): void {
    if (this.endedBy === null || cause.exitCode === exitCodes.faultMayRemain) this.endedBy = cause
    this.#abort.abort()
  }

  fail(error: unknown): void {
    this.end(causeOf(error))
  }

  /**
   * Undoes everything, last first. The ledger goes only when nothing is left; then the watcher finds none and just ends.
   * Returns what could not be undone.
   */
  async close(): Promise<UndoFailure[]> {
    const failures = await this.scope.close()
    if (failures.length === 0) this.ledger.close()
    this.#closing = true
    await this.#watcher.stop(5_000)
    return failures
  }

  /** Sleeps, or returns early when the run is over. */
  sleep(ms: number): Promise<void> {
    return this.clock.sleep(ms, this.signal)
  }

  /**
   * Notes a process in the ledger and stops it when the run closes. With a `cause`, its end ends the run, unless it is
   * stopped through what is returned.
   */
  hold(child: Child, cause?: { code: string; exitCode: number }): { stop(graceMs?: number): Promise<unknown> } {
    let asked = false
    const stop = (graceMs?: number) => {
      asked = true
      return child.stop(graceMs)
    }
    this.scope.hold(child.name, () => stop())
    this.ledger.write({ type: 'process', name: child.name, identity: child.identity })
    if (cause) {
      void child.exited.then(({ signal, code }) => {
        const message = `${child.name} ended in the middle of the run (${signal ?? `exit code ${code}`})`
        return asked || this.end({ ...cause, message })
      })
    }
    return { stop }
  }
}

const unwatched: EndedBy = {
  code: 'WATCHER_DIED',
  message: 'the watcher ended: faults would not be undone if the runner died',
  exitCode: exitCodes.stopped,
}

function expired({ text, trouble }: { text: string; trouble: string | null }): EndedBy {
  return {
    code: 'LEASE_EXPIRED',
    message: `${text} was held longer than its lease${trouble ? `, and could not be undone: ${trouble}` : ''}`,
    exitCode: trouble ? exitCodes.faultMayRemain : exitCodes.stopped,
  }
}

/** Opens the ledger and posts the watcher beside it, before anything is held that could be forgotten. */
export async function openSession(
  run: string,
  ledgers: string,
  clock: Clock & { readonly anchor: ClockAnchor },
  log: string,
): Promise<Session> {
  const ledger = new Ledger(join(ledgers, `${run}.ledger`))
  try {
    ledger.write({ type: 'run', run, runner: identify(process.pid), at: clock.now() })
    const watcher = await startProgram(
      'watcher',
      new URL('../fault/watcher/main.ts', import.meta.url),
      { ledger: ledger.file, clock: clock.anchor, everyMs: 250 },
      { log },
    )
    return new Session(run, ledger, watcher, clock)
  } catch (error) {
    ledger.close()
    throw error
  }
}
