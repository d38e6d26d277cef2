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

interface PlannedSystem {
  instances: readonly Instance[]
  edges: readonly Edge[]
}

/**
 * Settles the targets of the faults of a scenario; one that names nothing of the system is left out. `one(…)` is drawn by
 * the seed. Ids are `<prefix>.1`, `<prefix>.2`, ….
 */
export function planFaults(
  faults: readonly Fault[],
  prefix: string,
  system: PlannedSystem,
  random: Random,
): PlannedFault[] {
  const targets = faults.map((fault) => targetOf(fault, system, random))
  const hit = new Set(targets.flatMap(({ edges }) => edges))
  return faults.flatMap((fault, index) => {
    const { edges, instance } = targets[index] as Target
    if (edges.length === 0 && instance === null) return []
    return [
      {
        id: `${prefix}.${index + 1}`,
        fault,
        text: instance === null ? describeFault(fault) : `kill(${instance})`,
        edges: edges.map(({ id }) => id),
        instance,
        felt: feltBy(edges, hit, system.edges),
      },
    ]
  })
}

interface Target {
  edges: Edge[]
  instance: string | null
}

function targetOf(fault: Fault, { instances, edges }: PlannedSystem, random: Random): Target {
  if (fault.kind !== 'kill') return { edges: edges.filter((edge) => isMeant(fault.on, edge)), instance: null }
  const { instance: choice } = fault
  const candidates = instances.filter(
    'one' in choice ? ({ service }) => service === choice.one : ({ id: own }) => own === choice.id,
  )
  const victim = candidates.length === 0 ? undefined : candidates[random.below(candidates.length)]
  return { edges: edges.filter((edge) => edge.instance === victim?.id), instance: victim?.id ?? null }
}

/**
 * Who feels that `own` edges are hit. Losing some of several replicas is no condition and felt by nobody; losing all of
 * them is, by however many faults.
 */
function feltBy(own: readonly Edge[], hit: ReadonlySet<Edge>, edges: readonly Edge[]): PlannedFault['felt'] {
  const pairs = new Map(
    own.map(({ consumer, provider }) => [`${consumer} → ${provider}`, { consumer, dependency: provider }]),
  )
  return [...pairs.values()].filter(({ consumer, dependency }) =>
    edges.filter((edge) => edge.consumer === consumer && edge.provider === dependency).every((edge) => hit.has(edge)),
  )
}

/** Whether a user's edge text means this edge. */
function isMeant(text: string, edge: Edge): boolean {
  const { consumer, provider } = parseEdgeName(text)
  return (
    (consumer === undefined || consumer === edge.consumer) && (provider === edge.provider || provider === edge.instance)
  )
}
