import { messageOf } from '../../../core/errors.ts'
import { serveProgram } from '../../../core/program.ts'
import type { LoadOrder } from '../../workload.ts'
import { Play } from './play.ts'

/** The embedded load generator, a process for each play: prepared by its start, it sends from `begin` on. */
serveProgram<LoadOrder>(async (order, emit) => {
  const play = await Play.prepare(order, (tick) => emit('tick', tick))
  const told = play.done.then(
    (summary) => emit('done', summary),
    (error: unknown) => emit('failed', messageOf(error)),
  )
  return {
    methods: {
      begin: () => play.begin(),
      stop: () => play.stop(),
      abandon: () => play.abandon(),
    },
    async onGone() {
      play.abandon()
      await told
    },
  }
})
