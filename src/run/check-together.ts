import { isSameTime, meet, windowOf } from '../fault/timing.ts'
import { describeFault, type Fault } from '../fault/vocabulary.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import { edgesHit, isDrawn, type NamedEdge, namedEdges } from './edges-hit.ts'

/** Two faults must not undo each other, nor may it be a matter of chance what both together take away. */
export function checkTogether({ faults }: SoundScenario, names: SystemNames): void {
  for (const [index, { fault, place }] of faults.entries()) {
    for (const { fault: other } of faults.slice(0, index)) {
      const both = `"${describeFault(fault)}" and "${describeFault(other)}"`
      const edge = refusedByBoth(fault, other, names)
      const service = partsOfOne(fault, other, names)
      if (edge)
        place.report(
          `${both} refuse "${edge.id}" together, and the first of them to go lets it through`,
          'let one come after the other: from, for',
        )
      if (service !== undefined)
        place.report(
          `${both} hit different instances of ${service} at different times: whether one is left is a matter of chance`,
          'give both the same from and for, or each a scenario of its own',
        )
    }
  }
}

/** A proxy is either enabled or not, whoever disabled it. */
function refusedByBoth(fault: Fault, other: Fault, names: SystemNames): NamedEdge | undefined {
  if (!refuses(fault) || !refuses(other) || !meet(windowOf(fault), windowOf(other))) return undefined
  const ids = edgesHit(other, names).map(({ id }) => id)
  return edgesHit(fault, names).find(({ id }) => ids.includes(id))
}

export function refuses({ kind }: Fault): boolean {
  return kind === 'down' || kind === 'flapping'
}

/** The service of which a consumer loses more by both faults than by either, but for some of the time, if at all. */
function partsOfOne(fault: Fault, other: Fault, names: SystemNames): string | undefined {
  if (isSameTime(windowOf(fault), windowOf(other))) return undefined
  const [hit, too] = [partlyHit(fault, names), partlyHit(other, names)]
  return hit.find(({ consumer, provider, instance }) =>
    too.some((edge) => edge.consumer === consumer && edge.provider === provider && edge.instance !== instance),
  )?.provider
}

/** The edges that are hit where that leaves others of the same consumer to the same service. */
function partlyHit(fault: Fault, names: SystemNames): NamedEdge[] {
  const hit = edgesHit(fault, names)
  const isInTurn = isDrawn(fault) || fault.kind === 'restart'
  return hit.filter(({ consumer, provider }) => {
    const isOfPair = (edge: NamedEdge) => edge.consumer === consumer && edge.provider === provider
    const replicas = namedEdges(names).filter(isOfPair).length
    return isInTurn ? replicas > 1 : hit.filter(isOfPair).length < replicas
  })
}
