import { existsSync, rmSync } from 'node:fs'
import { type ClockAnchor, monotonicClock } from '../../core/clock.ts'
import { messageOf } from '../../core/errors.ts'
import { serveProgram } from '../../core/program.ts'
import { undoFromLedger } from '../undo.ts'
import { readLedger } from '../ledger.ts'
import { releaseHoldings } from '../release.ts'

/**
 * Outlives the runner by as long as it takes to let go of what it held: the end of the pipe means the runner is gone,
 * by whatever hand. While the runner lives, it undoes faults whose lease ran out on the run's clock, and says so.
 */
serveProgram<{ ledger: string; clock: ClockAnchor; everyMs: number }>(async ({ ledger, clock, everyMs }, emit) => {
  const { now } = monotonicClock(clock)
  let busy = false
  const patrol = async () => {
    if (busy || !existsSync(ledger)) return
    busy = true
    for (const fault of readLedger(ledger).faults.filter(({ expiresAt }) => expiresAt < now())) {
      const trouble = await Promise.all(fault.undo.map((undo) => undoFromLedger(undo, 500))).then(() => null, messageOf)
      emit('expired', { id: fault.id, text: fault.text, trouble })
    }
    busy = false
  }
  setInterval(patrol, everyMs)
  return {
    async onGone() {
      if (!existsSync(ledger)) return
      const left = await releaseHoldings(readLedger(ledger))
      // What is left stays written down, for the next run to try.
      if (left.length === 0) rmSync(ledger, { force: true })
    },
  }
})
