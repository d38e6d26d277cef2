import { canonicalJson } from '../../contract/fingerprint.ts'
import type { PathStep } from '../../pact/path.ts'
import { beyond } from './beyond.ts'
import type { Case, Schema } from './case.ts'
import { doubt, type Excess, type Here, sure } from './comparison.ts'
import { documentOf } from './document.ts'
import { isAnything } from './words.ts'

const deepest = 60

/**
 * What `inner` accepts beyond `outer`. None means that every value which `inner` accepts is accepted by `outer`; the other
 * way round nothing is claimed: what cannot be told is there, too, as not sure.
 */
export function excess(inner: Schema, outer: Schema): Excess[] {
  const [own, other] = [documentOf(inner), documentOf(outer)]
  const underWay = new Set<string>()
  const compare = (a: Schema, b: Schema, path: readonly PathStep[]): Excess[] => {
    const pair = [own.follow(a), other.follow(b)].map(canonicalJson).join(' ')
    // Met again within itself: it holds if all else does.
    if (underWay.has(pair)) return []
    if (path.length > deepest) return [doubt({ path }, 'is nested too deeply to be compared')]
    underWay.add(pair)
    const here: Here = {
      path,
      inner: own,
      outer: other,
      below: (part, whole, ...steps) => compare(part, whole, steps.length > 0 ? [...path, ...steps] : path),
    }
    const found = compareCases(own.cases(a), other.cases(b), here)
    underWay.delete(pair)
    return found
  }
  return compare(inner, outer, [])
}

function compareCases(cases: readonly Case[], others: readonly Case[], here: Here): Excess[] {
  if (isAnything(others)) return []
  const found = cases.flatMap((one) => beyond(one, others, here))
  const own = found.filter(({ isSure, path }) => isSure && path === here.path)
  // Where anything may be, what is different further down says nothing more.
  return isAnything(cases) && own.length > 2 ? [sure(here, 'be anything')] : found
}
