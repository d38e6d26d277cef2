import type { Row } from '../../contract/define.ts'
import { suggestion } from '../../core/nearest.ts'
import type { ProviderState } from '../../pact/model.ts'
import { conditionOf } from './causing.ts'
import { type ConditionTools, type HeldCondition, letGo, putInForce, refuse } from './held-condition.ts'

/** How long a condition outlasts its teardown: the next interaction that asks for the same one finds it still in force. */
const lingerMs = 250

export interface StatesInput extends ConditionTools {
  /** The names of the states that have handlers. */
  known: readonly string[]
  enterState(state: string): Promise<readonly Row[]>
  /** Resolves when what the condition had degraded is whole again. */
  recovered(held: HeldCondition): Promise<void>
}

/**
 * The states that a verification asks for, one after the other. At most one condition is in force at a time, and none when
 * another state is set up: that one is then whole again before `setUp` resolves.
 */
export class ProviderStates {
  readonly #input: StatesInput
  #held: HeldCondition | null = null
  #heldName = ''
  #leaving: NodeJS.Timeout | undefined
  #last: Promise<unknown> = Promise.resolve()
  #count = 0

  constructor(input: StatesInput) {
    this.#input = input
  }

  /** Rejects, and nothing is in force, when the state is not known, cannot be caused, or is not felt. */
  setUp(state: ProviderState): Promise<Row> {
    return this.#inTurn(() => this.#enter(state))
  }

  tearDown(state: ProviderState): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#held === null || state.name !== this.#heldName) return
      // Its trouble is told to whoever asks next.
      this.#leaving = setTimeout(() => void this.#inTurn(() => this.#calm()).catch(() => undefined), lingerMs)
    })
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#letGo())
  }

  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #enter(state: ProviderState): Promise<Row> {
    const { name } = state
    clearTimeout(this.#leaving)
    if (this.#held !== null && name === this.#heldName) return {}
    await this.#calm()
    // Interactions without a state are announced by an empty name.
    if (name === '') return {}
    if (this.#input.known.includes(name)) return (await this.#input.enterState(name))[0] ?? {}
    const asked = conditionOf(state)
    if (!asked) throw refuse(name, `there is no such provider state; ${suggestion(name, this.#input.known)}`)
    this.#held = await putInForce(asked, `state.${++this.#count}`, this.#input)
    this.#heldName = name
    return {}
  }

  async #calm(): Promise<void> {
    const held = this.#held
    if (!held) return
    await this.#letGo()
    await held.fault.verify(() => true)
    await this.#input.recovered(held)
  }

  async #letGo(): Promise<void> {
    clearTimeout(this.#leaving)
    const held = this.#held
    if (!held) return
    this.#held = null
    await letGo(held.fault, this.#input)
  }
}
