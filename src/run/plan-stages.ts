import { normalKey } from '../contract/terms.ts'
import { isThereAt, windowOf } from '../fault/timing.ts'
import type { Surge } from '../fault/vocabulary.ts'
import type { Stage } from '../load/workload.ts'
import type { PlannedScenario } from './plan-scenario.ts'

type Parts = Pick<PlannedScenario, 'interactions' | 'faults' | 'looks' | 'settleMs'> & { rate: number }

/** One even load, but for surges, which are part of its schedule. It lasts as long as the phases may. */
export function planStages({ rate, interactions, faults, looks, settleMs }: Parts): Stage[] {
  const longest = (lengths: readonly number[]) => lengths.at(-1) ?? 0
  const wholeMs = longest(looks.before) + longest(looks.during) + longest(looks.after) + settleMs
  const [originMs = 0] = looks.before
  const surges = faults
    .flatMap(({ fault }) => (fault.kind === 'surge' ? [fault] : []))
    .map((surge) => {
      const { fromMs, untilMs } = windowOf(surge)
      return { surge, fromMs: originMs + fromMs, untilMs: originMs + Math.min(untilMs, longest(looks.during)) }
    })
  const bounds = [...new Set([0, ...surges.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]), wholeMs])].toSorted(
    (a, b) => a - b,
  )
  return bounds.slice(0, -1).map((from, index) => {
    const forMs = (bounds[index + 1] as number) - from
    const there = surges.filter((window) => isThereAt(window, from)).map(({ surge }) => surge)
    return there.length === 0 ? { rate, forMs } : { ...surged(rate, interactions, there), forMs }
  })
}

/** Arrivals a second of each interaction are its weight: the others go on as before. */
function surged(rate: number, interactions: Parts['interactions'], surges: readonly Surge[]): Omit<Stage, 'forMs'> {
  const total = interactions.reduce((sum, { weight }) => sum + weight, 0)
  const weights = interactions.map(({ id, key, weight }) => {
    const more = surges.filter(({ of }) => normalKey(of) === key).reduce((sum, surge) => sum + surge.rate, 0)
    return [id, (rate * weight) / total + more] as const
  })
  return { rate: weights.reduce((sum, [, each]) => sum + each, 0), weights: Object.fromEntries(weights) }
}
