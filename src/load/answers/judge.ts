import type { Checker } from './checker.ts'
import type { Finding } from './evidence.ts'
import type { Meter } from './meter.ts'
import type { Recorder } from './recorder.ts'

/** An arrival that was sent, and how that ended. */
export type Ended = Omit<Finding, 'keeps' | 'explain'>

/** Has each answer checked, recorded and counted: the same for every driver. */
export class Judge {
  readonly #checker: Checker
  readonly #recorder: Recorder
  readonly #meter: Meter

  constructor(checker: Checker, recorder: Recorder, meter: Meter) {
    this.#checker = checker
    this.#recorder = recorder
    this.#meter = meter
  }

  /** Only a complete answer can keep anything. Throws when a schema of the contract throws. */
  take(ended: Ended): void {
    const { interaction, ending } = ended
    const complete = ending.error === 'none' ? ending.answer : null
    const keeps = complete ? this.#checker.keeps(interaction, complete) : 0
    const explain = () => (complete ? this.#checker.explain(interaction, complete) : [])
    this.#recorder.record({ ...ended, keeps, explain })
    this.#meter.ended(keeps, complete && ending.took)
  }
}
