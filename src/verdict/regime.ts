import { resolveStance } from '../contract/resolve.ts'
import type { InteractionTerms, Terms } from '../contract/terms.ts'
import type { FaultRecord } from '../fault/record.ts'
import type { ResponseClass } from '../scenario/promise.ts'

/** What may be answered to one interaction while the scenario's faults are in force. Deadlines are ms, `Infinity` for none. */
export interface Regime {
  withinMs: number
  recoversMs: number
  /** `reduced` before `refused`: the better one counts. */
  degraded: { class: 'reduced' | 'refused'; mask: number; withinMs: number }[]
}

/** A regime for each interaction of the terms, by its id. */
export function regimesOf(terms: Terms, faults: readonly FaultRecord[]): Regime[] {
  const regimes: Regime[] = []
  for (const interaction of terms.interactions) {
    const stances = faults.flatMap((fault) => degradedHalves(interaction, fault))
    regimes[interaction.id] = {
      withinMs: interaction.withinMs ?? Infinity,
      recoversMs: interaction.recoversMs,
      degraded: [
        ...stances.filter((stance) => stance.class === 'reduced'),
        ...stances.filter((stance) => stance.class === 'refused'),
      ],
    }
  }
  return regimes
}

/** The degraded halves that may be kept because of this fault. `unaffected` and undeclared add nothing to the normal one. */
export function degradedHalves(interaction: InteractionTerms, fault: FaultRecord): Regime['degraded'] {
  return fault.felt.flatMap(({ consumer, dependency }) => {
    const stance = resolveStance(interaction, { consumer, dependency, condition: fault.fault.condition })
    if (stance === null || stance.kind === 'unaffected' || stance.bit === null) return []
    return [{ class: stance.kind, mask: 1 << stance.bit, withinMs: stance.withinMs ?? Infinity }]
  })
}

const normalHalf = 1

/** `faulty`: degraded halves count too. A response without an answer keeps nothing: hand over 0 for `keeps`. */
export function classIn(regime: Regime, keeps: number, took: number, faulty: boolean): ResponseClass {
  if ((keeps & normalHalf) !== 0 && took <= regime.withinMs) return 'full'
  if (faulty && keeps > normalHalf) {
    for (const half of regime.degraded) if ((keeps & half.mask) !== 0 && took <= half.withinMs) return half.class
  }
  return 'broken'
}
