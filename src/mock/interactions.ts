import { canonicalJson } from '../contract/fingerprint.ts'
import { type Broken, strengthOf } from './condition.ts'
import type { Stub } from './stub.ts'

/** The halves of one interaction, in the order of their files. */
export interface Halves {
  readonly normal: readonly Stub[]
  readonly degraded: readonly (Stub & { readonly broken: Broken })[]
}

/** Stubs of one name and the same provider states are the halves of one interaction. */
export function interactionsOf(stubs: readonly Stub[]): Halves[] {
  const groups = Map.groupBy(stubs, ({ pair, interaction, states }) => canonicalJson([pair, interaction, states]))
  return [...groups.values()].map((halves) => ({
    normal: halves.filter(({ broken }) => broken === null),
    degraded: halves.filter((stub): stub is Stub & { broken: Broken } => stub.broken !== null),
  }))
}

/**
 * The halves that may answer while all of `broken` is in force: those which speak of it, else the normal ones. Where
 * several things are broken the gravest stance holds, then what was named first.
 */
export function inForce({ normal, degraded }: Halves, broken: readonly Broken[]): readonly Stub[] {
  const said = broken.map((one) => strongest(degraded, one)).filter((stubs) => stubs.length > 0)
  const [gravest] = said.toSorted((a, b) => gravity(b) - gravity(a))
  return gravest ?? normal
}

/** The stubs that speak of it loudest: several only if a pact of others has several for the same. */
function strongest(degraded: Halves['degraded'], broken: Broken): Stub[] {
  const strength = Math.max(0, ...degraded.map((stub) => strengthOf(stub.broken, broken)))
  return strength === 0 ? [] : degraded.filter((stub) => strengthOf(stub.broken, broken) === strength)
}

function gravity([stub]: readonly Stub[]): number {
  return { refused: 2, reduced: 1, unaffected: 0 }[stub?.stance ?? 'reduced']
}
