import type { Random } from '../core/random.ts'
import { type Edge, edgesNamed, type Instance } from '../system/topology.ts'
import { type AimedFault, feltOf } from './conditions.ts'
import type { FaultRecord } from './record.ts'
import { describeFault, type Fault, type InstanceChoice } from './vocabulary.ts'

/** A fault whose targets are settled. */
export type PlannedFault = Pick<FaultRecord, 'id' | 'fault' | 'text' | 'edges' | 'instances' | 'felt'>

interface PlannedSystem {
  instances: readonly Instance[]
  edges: readonly Edge[]
}

/**
 * Settles the targets of the faults of a scenario; one that names nothing of the system is left out. `one(…)` is drawn by
 * the seed, each time another while there are others. Ids are `<prefix>.1`, `<prefix>.2`, ….
 */
export function planFaults(
  faults: readonly Fault[],
  prefix: string,
  system: PlannedSystem,
  random: Random,
): PlannedFault[] {
  const taken = new Set<string>()
  const aimed = faults.map((fault) => aim(fault, system, taken, random))
  return aimed.flatMap((one, index) => {
    const { fault, edges, instances, text } = one
    if (fault.kind !== 'surge' && edges.length === 0 && instances.length === 0) return []
    return [
      {
        id: `${prefix}.${index + 1}`,
        fault,
        text,
        edges: edges.map(({ id }) => id),
        instances,
        felt: feltOf(one, aimed, system.edges),
      },
    ]
  })
}

function aim(fault: Fault, { instances, edges }: PlannedSystem, taken: Set<string>, random: Random): Aimed {
  const text = describeFault(fault)
  if (fault.kind === 'surge') return { fault, text, edges: [], instances: [] }
  if ('on' in fault) return { fault, text, edges: edgesNamed(edges, fault.on), instances: [] }
  const chosen = choose(fault.instance, instances, taken, random)
  for (const id of chosen) taken.add(id)
  const [first] = chosen
  return {
    fault,
    // `kill(storefront#2)`, not `kill(one of storefront)`
    text: 'one' in fault.instance && first !== undefined ? describeFault({ ...fault, instance: { id: first } }) : text,
    edges: edges.filter(({ instance }) => chosen.includes(instance)),
    instances: chosen,
  }
}

interface Aimed extends AimedFault {
  text: string
  instances: string[]
}

/** One by chance, one by its id, or all of a service by its name. */
function choose(
  choice: InstanceChoice,
  instances: readonly Instance[],
  taken: ReadonlySet<string>,
  random: Random,
): string[] {
  if ('id' in choice)
    return instances.filter(({ id, service }) => id === choice.id || service === choice.id).map(({ id }) => id)
  const candidates = instances.filter(({ service }) => service === choice.one).map(({ id }) => id)
  const fresh = candidates.filter((id) => !taken.has(id))
  const urn = fresh.length > 0 ? fresh : candidates
  return urn.length === 0 ? [] : [urn[random.below(urn.length)] as string]
}
