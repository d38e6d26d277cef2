import { resolveStance } from '../contract/resolve.ts'
import type { InteractionTerms, Terms } from '../contract/terms.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { ResponseClass } from '../scenario/promise.ts'
import { countBefore, countUntil, inOrder, timesOf } from './timeline.ts'

/** What may be answered to one interaction under certain faults. Deadlines are ms, `Infinity` for none. */
export interface Regime {
  withinMs: number
  /** `reduced` before `refused`: the better one counts. */
  degraded: { class: 'reduced' | 'refused'; mask: number; withinMs: number }[]
  /** Those of the faults that somebody feels, by their place in the list. */
  felt: number[]
}

/** Which regime a response met, by the faults that it overlaps: those of a scenario that were played. */
export class Regimes {
  readonly #faults: readonly FaultRecord[]
  readonly #asked: readonly number[]
  readonly #undone: readonly number[]
  readonly #interactions: readonly (InteractionTerms | undefined)[]
  /** By interaction, then by how many faults have come and how many have gone: that tells which they are. */
  readonly #made: (Regime | undefined)[] = []

  constructor(terms: Terms, played: readonly FaultRecord[]) {
    const interactions: (InteractionTerms | undefined)[] = []
    for (const interaction of terms.interactions) interactions[interaction.id] = interaction
    this.#interactions = interactions
    this.#faults = played
    this.#asked = inOrder(played.map((fault) => timesOf(fault).asked))
    this.#undone = inOrder(played.map((fault) => timesOf(fault).undone))
  }

  /**
   * The regime of a response that was under way from `from` to `to`: a fault counts from when it was asked for until it is
   * undone, and as long again as the contract allows itself to recover. `undefined` for an interaction without terms.
   */
  at(interaction: number, from: number, to: number): Regime | undefined {
    const terms = this.#interactions[interaction]
    if (terms === undefined) return undefined
    const come = countUntil(this.#asked, to)
    const gone = countBefore(this.#undone, from - terms.recoversMs)
    const sets = this.#faults.length + 1
    const index = (interaction * sets + come) * sets + gone
    return (this.#made[index] ??= this.#make(terms, come, gone))
  }

  #make(terms: InteractionTerms, come: number, gone: number): Regime {
    const lastToCome = this.#asked[come - 1] ?? -Infinity
    const lastToGo = this.#undone[gone - 1] ?? -Infinity
    const met = this.#faults
      .map((fault, place) => ({ fault, place, ...timesOf(fault) }))
      .filter(({ asked, undone }) => asked <= lastToCome && undone > lastToGo)
    const halves = met.flatMap(({ fault }) => degradedHalves(terms, fault))
    return {
      withinMs: terms.withinMs ?? Infinity,
      degraded: [
        ...halves.filter((half) => half.class === 'reduced'),
        ...halves.filter((half) => half.class === 'refused'),
      ],
      felt: met.filter(({ fault }) => fault.felt.length > 0).map(({ place }) => place),
    }
  }
}

/** The degraded halves that may be kept because of this fault. `unaffected` and undeclared add nothing to the normal one. */
export function degradedHalves(interaction: InteractionTerms, { felt }: FaultRecord): Regime['degraded'] {
  return felt.flatMap((condition) => {
    const stance = resolveStance(interaction, condition)
    if (stance === null || stance.kind === 'unaffected' || stance.bit === null) return []
    return [{ class: stance.kind, mask: 1 << stance.bit, withinMs: stance.withinMs ?? Infinity }]
  })
}

const normalHalf = 1

/** A response without an answer keeps nothing: hand over 0 for `keeps`. */
export function classIn(regime: Regime, keeps: number, took: number): ResponseClass {
  if ((keeps & normalHalf) !== 0 && took <= regime.withinMs) return 'full'
  for (const half of regime.degraded) if ((keeps & half.mask) !== 0 && took <= half.withinMs) return half.class
  return 'broken'
}
