import { BrownoutError, messageOf } from '../../core/errors.ts'
import { serveProgram } from '../../core/program.ts'
import type { LoadOrder, LoadSummary, LoadTick } from '../workload.ts'
import type { LoadFailure } from './player.ts'

/** A play that is ready to send. */
export interface ReadyPlay {
  readonly done: Promise<LoadSummary>
  /** When it began, on the run's clock; the first arrival is about to be sent. */
  begin(): number | Promise<number>
  stop(): void
  abandon(): void
}

type Open = (order: LoadOrder, onTick: (tick: LoadTick) => void) => Promise<ReadyPlay>

/** The inner side of a load driver (its outer side is `playerLoad`): one play at a time, each prepared before it begins. */
export function servePlays<Options>(opener: (options: Options) => Open): void {
  serveProgram<Options>(async (options, emit) => {
    const open = opener(options)
    let play: ReadyPlay | null = null
    let told: Promise<void> = Promise.resolve()
    return {
      methods: {
        async prepare(order: LoadOrder) {
          const opened = await open(order, (tick) => emit('tick', tick))
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
}

/** An error of ours keeps its code and hint on the way to the runner. */
function failureOf(error: unknown): LoadFailure {
  if (!(error instanceof BrownoutError)) return { code: 'LOAD_FAILED', why: messageOf(error), hint: undefined }
  return { code: error.code, why: error.message, hint: error.hint }
}
