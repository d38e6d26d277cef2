import type { Edge } from '../system/topology.ts'
import type { FeltCondition } from './record.ts'
import { isSameTime, windowOf } from './timing.ts'
import type { Fault } from './vocabulary.ts'

/** A fault and the edges it bites on. */
export interface AimedFault {
  fault: Fault
  edges: readonly Edge[]
}

/**
 * Who feels a fault. Losing some of several replicas is no condition and felt by nobody; losing all of them is, by however
 * many faults of the same time. `all` are the faults of the scenario, `own` one of them; the plan refuses those that hit
 * different replicas at different times.
 */
export function feltOf(own: AimedFault, all: readonly AimedFault[], edges: readonly Edge[]): FeltCondition[] {
  if (own.fault.kind === 'surge') return []
  const { condition } = own.fault
  const together = all.filter(
    ({ fault }) => causesAtLeast(fault, own.fault) && isSameTime(windowOf(fault), windowOf(own.fault)),
  )
  const pairs = new Map(own.edges.map((edge) => [`${edge.consumer} → ${edge.provider}`, edge]))
  return [...pairs.values()]
    .filter(({ consumer, provider }) => {
      const replicas = edges.filter((edge) => edge.consumer === consumer && edge.provider === provider)
      return isEveryOneHit(replicas, together)
    })
    .map(({ consumer, provider }) => ({ consumer, dependency: provider, condition }))
}

/** A replica that is gone is no way around a slow one, but a slow one is a way around those that are gone. */
function causesAtLeast(fault: Fault, least: Fault): boolean {
  if (fault.kind === 'surge' || least.kind === 'surge') return false
  return fault.condition === 'unavailable' || least.condition !== 'unavailable'
}

/** A restart takes its instances one after the other: only one of them is away at a time. */
function isEveryOneHit(replicas: readonly Edge[], faults: readonly AimedFault[]): boolean {
  const steady = faults.filter(({ fault }) => fault.kind !== 'restart').flatMap((fault) => fault.edges)
  const spared = replicas.filter((edge) => !steady.includes(edge))
  const restarts = faults.filter(
    ({ fault, edges }) => fault.kind === 'restart' && edges.some((edge) => spared.includes(edge)),
  )
  return spared.length <= restarts.length && spared.every((edge) => restarts.some(({ edges }) => edges.includes(edge)))
}
