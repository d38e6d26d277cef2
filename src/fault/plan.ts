import type { Random } from '../core/random.ts'
import { type Edge, type Instance, parseEdgeName } from '../system/topology.ts'
import { describeFault, type Fault } from './vocabulary.ts'

/** A fault whose targets are settled. */
export interface PlannedFault {
  id: string
  fault: Fault
  text: string
  /** Ids of the edges it bites on, or whose provider it kills. */
  edges: string[]
  instance: string | null
  felt: { consumer: string; dependency: string }[]
}

/** Settles the targets of a fault; `null` when it names nothing of the system. `one(…)` is drawn by the seed. */
export function planFault(
  fault: Fault,
  id: string,
  system: { instances: readonly Instance[]; edges: readonly Edge[] },
  random: Random,
): PlannedFault | null {
  const { instances, edges } = system
  if (fault.kind !== 'kill') {
    const bitten = edges.filter((edge) => names(fault.on, edge))
    return bitten.length === 0 ? null : settle(bitten, null)
  }
  const { instance: choice } = fault
  const candidates = instances.filter(
    'one' in choice ? ({ service }) => service === choice.one : ({ id: own }) => own === choice.id,
  )
  if (candidates.length === 0) return null
  const victim = candidates[random.below(candidates.length)] as Instance
  return settle(
    edges.filter((edge) => edge.instance === victim.id),
    victim.id,
  )

  function settle(hit: Edge[], instance: string | null): PlannedFault {
    return {
      id,
      fault,
      text: instance === null ? describeFault(fault) : `kill(${instance})`,
      edges: hit.map((edge) => edge.id),
      instance,
      felt: feltBy(hit, edges),
    }
  }
}

/** Who feels that edges are hit. Losing some of several replicas is no condition: nobody needs to feel it. */
function feltBy(hit: readonly Edge[], edges: readonly Edge[]): PlannedFault['felt'] {
  const pairs = new Map(
    hit.map(({ consumer, provider }) => [`${consumer} → ${provider}`, { consumer, dependency: provider }]),
  )
  return [...pairs.values()].filter(({ consumer, dependency }) =>
    edges
      .filter((edge) => edge.consumer === consumer && edge.provider === dependency)
      .every((edge) => hit.includes(edge)),
  )
}

/** Whether a user's edge text means this edge. */
export function names(text: string, edge: Edge): boolean {
  const { consumer, provider } = parseEdgeName(text)
  return (
    (consumer === undefined || consumer === edge.consumer) && (provider === edge.provider || provider === edge.instance)
  )
}
