import { BrownoutError, messageOf } from '../../../core/errors.ts'
import { serveProgram } from '../../../core/program.ts'
import type { LoadFailure } from '../embedded.ts'
import type { LoadOrder } from '../../workload.ts'
import { loadChecker } from '../../answers/checker.ts'
import { Play } from './play.ts'
import { rehearse } from './rehearse.ts'

/** The embedded load generator: one play at a time, each prepared first and sent from `begin` on. */
serveProgram<null>(async (_, emit) => {
  let play: Play | null = null
  let told: Promise<void> = Promise.resolve()
  let isWarm = false
  return {
    methods: {
      async prepare(order: LoadOrder) {
        const checker = await loadChecker(order.contracts)
        const opened = await Play.open(order, checker, (tick) => emit('tick', tick))
        if (!isWarm) await rehearse(order, checker)
        isWarm = true
        play = opened
        told = opened.done.then(
          (summary) => emit('done', summary),
          (error: unknown) => emit('failed', failureOf(error)),
        )
      },
      begin: () => play?.begin(),
      stop: () => play?.stop(),
      abandon: () => play?.abandon(),
    },
    async onGone() {
      play?.abandon()
      await told
    },
  }
})

/** An error of ours keeps its code and hint on the way to the runner. */
function failureOf(error: unknown): LoadFailure {
  if (!(error instanceof BrownoutError)) return { code: 'LOAD_FAILED', why: messageOf(error), hint: undefined }
  return { code: error.code, why: error.message, hint: error.hint }
}
