import { hasCanary, isDelay } from '../fault/felt.ts'
import { windowOf } from '../fault/timing.ts'
import { describeFault, type Fault } from '../fault/vocabulary.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import { refuses } from './check-together.ts'
import { edgesHit, isDrawn } from './edges-hit.ts'

/** A fault that another hides from the canary, on an edge of both and at the same time, has no witness. */
export function checkHidden({ faults }: SoundScenario, names: SystemNames): void {
  for (const { fault, place } of faults) {
    const hiding = faults.find((other) => hides(other.fault, fault) && meetOn(other.fault, fault, names))?.fault
    if (hiding)
      place.report(
        `"${describeFault(fault)}" can never be witnessed: "${describeFault(hiding)}" hides it from the canary`,
        'let one come after the other: from, for',
      )
  }
}

/** Behind a refused port nothing else is felt; and where no whole answer comes, none is late. */
function hides(other: Fault, fault: Fault): boolean {
  if (!hasCanary(fault) || other.kind === 'restart' || other.kind === 'surge') return false
  if (isDelay(fault)) return !isDelay(other)
  return refuses(other) && !refuses(fault) && fault.kind !== 'kill'
}

function meetOn(other: Fault, fault: Fault, names: SystemNames): boolean {
  const [its, own] = [windowOf(other), windowOf(fault)]
  // The canary looks when the fault has come, and right before it goes.
  const isThen =
    (its.fromMs <= own.fromMs && own.fromMs < its.untilMs) || (its.fromMs < own.untilMs && own.untilMs <= its.untilMs)
  const [hidden, hit] = [other, fault].map((one) => edgesHit(one, names).map(({ id }) => id)) as [string[], string[]]
  const both = hit.filter((edge) => hidden.includes(edge))
  // One that is drawn is among them if all are.
  const isSure = (one: Fault, edges: string[]) => !isDrawn(one) || both.length === edges.length
  return isThen && both.length > 0 && isSure(other, hidden) && isSure(fault, hit)
}
