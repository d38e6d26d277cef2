import type { Place } from '../contract/place.ts'
import { suggestion } from '../core/nearest.ts'
import { describeFault, type Fault } from '../fault/vocabulary.ts'
import type { SystemNames } from '../system/names.ts'
import { parseEdgeName } from '../system/topology.ts'

type Kill = Extract<Fault, { kind: 'kill' }>

/** What a fault is aimed at must exist, and show that it was hit: a fault without a witness proves nothing. */
export function checkTarget(place: Place, fault: Fault, names: SystemNames): void {
  const service = fault.kind === 'kill' ? killed(place, fault, names) : bitten(place, fault.on, names)
  if (service === undefined) return
  const cannot = (why: string, hint?: string) =>
    place.report(`"${describeFault(fault)}" can never be witnessed: ${why}`, hint)
  if (!names.edges.some(({ provider }) => provider === service)) cannot('nobody in the system calls it')
  else if (fault.kind !== 'down' && names.tcp.includes(service))
    cannot(
      'connecting is all that is asked of it, and the proxy before it always lets you',
      `give ${service} a ready probe: ready: http('/healthz')`,
    )
}

/** The service on whose edges a fault bites. */
function bitten(place: Place, on: string, names: SystemNames): string | undefined {
  const { consumer, provider } = parseEdgeName(on)
  const service = names.instances.find(({ id }) => id === provider)?.service ?? provider
  const edges = names.edges.filter((edge) => consumer === undefined || edge.consumer === consumer)
  if (edges.some((edge) => edge.provider === service)) return service
  const [what, known] =
    consumer === undefined
      ? ['dependency', [...new Set(edges.map((edge) => edge.provider))]]
      : ['edge', names.edges.map(({ name }) => name)]
  place.report(`unknown ${what} "${on}"`, suggestion(on, known as string[]))
  return undefined
}

function killed(place: Place, { instance }: Kill, names: SystemNames): string | undefined {
  if ('one' in instance) {
    if (names.services.includes(instance.one)) return instance.one
    place.report(`unknown service "${instance.one}"`, suggestion(instance.one, names.services))
    return undefined
  }
  const service = names.instances.find(({ id }) => id === instance.id)?.service
  const known = names.instances.map(({ id }) => id)
  if (service === undefined) place.report(`unknown instance "${instance.id}"`, suggestion(instance.id, known))
  return service
}
