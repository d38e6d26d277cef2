import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** The one door to chance: the same seed and label give the same draws on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number
  /** A whole number in [0, count). */
  below(count: number): number
}

/** Streams with different labels are independent, so a new consumer of chance does not shift the draws of others. */
export function seededRandom(seed: number, label: string): Random {
  const generator = xoroshiro128plus(mix(seed, label))
  return {
    next: () => uniformInt(generator, 0, 0x7fff_ffff) / 0x8000_0000,
    below: (count) => uniformInt(generator, 0, count - 1),
  }
}

/** FNV-1a over the label, started from the seed. */
function mix(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let index = 0; index < label.length; index++) {
    hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193) >>> 0
  }
  // Similar labels must not begin alike: the finaliser of MurmurHash3 spreads their difference over all bits.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
