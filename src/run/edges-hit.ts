import type { Fault } from '../fault/vocabulary.ts'
import type { SystemNames } from '../system/names.ts'
import { type Edge, edgeName, edgesNamed } from '../system/topology.ts'

/** An edge before any port is chosen. */
export type NamedEdge = Pick<Edge, 'id' | 'consumer' | 'provider' | 'instance'>

/** The edges that a fault may bite on; of one of several instances it is not known yet which. */
export function edgesHit(fault: Fault, names: SystemNames): NamedEdge[] {
  const all = namedEdges(names)
  return 'on' in fault ? edgesNamed(all, fault.on) : all.filter((edge) => isStruck(edge, fault))
}

export function namedEdges({ edges, instances }: SystemNames): NamedEdge[] {
  return edges.flatMap(({ consumer, provider }) =>
    instances
      .filter(({ service }) => service === provider)
      .map(({ id }) => ({ id: edgeName(consumer, id), consumer, provider, instance: id })),
  )
}

/** Whether it ends or stops one of a service, which is drawn later. */
export function isDrawn(fault: Fault): boolean {
  return 'instance' in fault && 'one' in fault.instance
}

function isStruck({ provider, instance }: NamedEdge, fault: Fault): boolean {
  if (!('instance' in fault)) return false
  const { instance: choice } = fault
  return 'one' in choice ? choice.one === provider : choice.id === provider || choice.id === instance
}
