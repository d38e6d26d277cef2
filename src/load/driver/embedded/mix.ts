import { seededRandom } from '../../../core/random.ts'

/** What an arrival sends, as places in the lists of interactions and of rows. */
export interface Choice {
  interaction: number
  row: number
}

/** Chooses for one arrival after the other: the interaction by weight, its rows in turn. Same seed, same choices. */
export function mixOf(
  interactions: readonly { weight: number; rows: readonly unknown[] }[],
  seed: number,
): () => Choice {
  const random = seededRandom(seed, 'mix')
  const turns = interactions.map(() => 0)
  const limits: number[] = []
  let total = 0
  for (const { weight } of interactions) limits.push((total += weight))
  return () => {
    const drawn = random.next() * total
    const interaction = limits.findIndex((limit) => drawn < limit)
    const turn = turns[interaction] ?? 0
    turns[interaction] = turn + 1
    return { interaction, row: turn % (interactions[interaction]?.rows.length ?? 1) }
  }
}
