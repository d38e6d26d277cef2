import { hasCanary, isDelay } from '../fault/felt.ts'
import { windowOf } from '../fault/timing.ts'
import { describeFault, type Fault } from '../fault/vocabulary.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import { type Edge, edgeName, edgesNamed } from '../system/topology.ts'

/** A fault that another hides from the canary, on an edge of both and at the same time, has no witness. */
export function checkHidden({ faults }: SoundScenario, names: SystemNames): void {
  for (const { fault, place } of faults) {
    const hiding = faults.find((other) => hides(other.fault, fault) && meet(other.fault, fault, names))?.fault
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
  const isRefused = other.kind === 'down' || other.kind === 'flapping'
  return isRefused && fault.kind !== other.kind && fault.kind !== 'kill'
}

function meet(other: Fault, fault: Fault, names: SystemNames): boolean {
  const [its, own] = [windowOf(other), windowOf(fault)]
  // The canary looks when the fault has come, and right before it goes.
  const isThen =
    (its.fromMs <= own.fromMs && own.fromMs < its.untilMs) || (its.fromMs < own.untilMs && own.untilMs <= its.untilMs)
  const [hidden, hit] = [edgesOf(other, names), edgesOf(fault, names)]
  const both = hit.filter((edge) => hidden.includes(edge))
  // Of one of several instances it is not known yet which; it is among them if all are.
  const isSure = (one: Fault, edges: string[]) =>
    !('instance' in one && 'one' in one.instance) || both.length === edges.length
  return isThen && both.length > 0 && isSure(other, hidden) && isSure(fault, hit)
}

function edgesOf(fault: Fault, { edges, instances }: SystemNames): string[] {
  const all = edges.flatMap(({ consumer, provider }) =>
    instances.filter(({ service }) => service === provider).map(({ id }) => ({ consumer, provider, instance: id })),
  )
  const hit = 'on' in fault ? edgesNamed(all, fault.on) : all.filter((edge) => isStruck(edge, fault))
  return hit.map(({ consumer, instance }) => edgeName(consumer, instance))
}

function isStruck({ provider, instance }: Pick<Edge, 'provider' | 'instance'>, fault: Fault): boolean {
  if (!('instance' in fault)) return false
  const { instance: choice } = fault
  return 'one' in choice ? choice.one === provider : choice.id === provider || choice.id === instance
}
