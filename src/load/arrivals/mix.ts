import { seededRandom } from '../../core/random.ts'
import type { Stage } from '../workload.ts'

/** What an arrival sends, as places in the lists of interactions and of rows. */
export interface Choice {
  interaction: number
  row: number
}

/**
 * Chooses for one arrival after the other, given the number of its stage: the interaction by the stage's weights, its rows
 * in turn through all stages. Same seed, same choices. Throws when a stage sends but nothing weighs anything in it.
 */
export function mixOf(
  interactions: readonly { id: number; weight: number; rows: readonly unknown[] }[],
  stages: readonly Pick<Stage, 'rate' | 'weights'>[],
  seed: number,
): (stage: number) => Choice {
  const random = seededRandom(seed, 'mix')
  const turns = interactions.map(() => 0)
  const limits = stages.map(({ weights }) =>
    sums(interactions.map(({ id, weight }) => (weights ? (weights[id] ?? 0) : weight))),
  )
  const empty = stages.findIndex(({ rate }, stage) => rate > 0 && !limits[stage]?.at(-1))
  if (empty !== -1) throw new Error(`stage ${empty + 1} of the workload has arrivals and nothing to send`)
  return (stage) => {
    const own = limits[stage] ?? []
    const drawn = random.next() * (own.at(-1) ?? 0)
    const interaction = own.findIndex((limit) => drawn < limit)
    const turn = turns[interaction] ?? 0
    turns[interaction] = turn + 1
    return { interaction, row: turn % (interactions[interaction]?.rows.length ?? 1) }
  }
}

/** Running sums: `[1, 0, 2]` → `[1, 1, 3]`. */
function sums(weights: readonly number[]): number[] {
  let sum = 0
  return weights.map((weight) => (sum += weight))
}
