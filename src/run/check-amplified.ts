import { suggestion } from '../core/nearest.ts'
import type { Fault } from '../fault/vocabulary.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import { type Edge, edgeName, edgesNamed, parseEdgeName } from '../system/topology.ts'
import type { Made, Report } from './check-promises.ts'

type NamedEdge = Pick<Edge, 'consumer' | 'provider' | 'instance'>

/** Requests over an edge must be something that a tap can count while the faults are in force. */
export function checkAmplified(
  { place }: Made,
  text: string,
  { scenario, names, report }: { scenario: SoundScenario; names: SystemNames; report: Report },
): void {
  const { consumer = '', provider } = parseEdgeName(text)
  const edges = names.edges.flatMap((edge) =>
    names.instances
      .filter(({ service }) => service === edge.provider)
      .map(({ id }): NamedEdge => ({ consumer: edge.consumer, provider: edge.provider, instance: id })),
  )
  const meant = edgesNamed(edges, edgeName(consumer, provider))
  const [first] = meant
  if (!first) {
    const known = names.edges.map(({ name }) => name)
    return place.report(`unknown edge "${text}"`, suggestion(consumer ? edgeName(consumer, provider) : text, known))
  }
  if (names.redis.includes(first.provider))
    report('can never be measured: Redis clients pipeline, so commands cannot be counted as turns')
  const hiding = scenario.faults.find(({ fault }) => hiddenBy(fault, edges).some((edge) => meant.includes(edge)))?.fault
  if (hiding) {
    const why = hiding.kind === 'timeout' ? 'requests never reach the tap' : 'a refused port counts no requests'
    report(`can never be measured: ${why} under ${hiding.kind}`, 'use timeout(…) downstream or latency(…) for it')
  }
}

/** The edges on which a fault keeps requests from being counted. */
function hiddenBy(fault: Fault, edges: readonly NamedEdge[]): NamedEdge[] {
  switch (fault.kind) {
    case 'down':
    case 'flapping':
      return edgesNamed(edges, fault.on)
    case 'timeout':
      return fault.stream === 'upstream' ? edgesNamed(edges, fault.on) : []
    case 'kill':
    case 'restart':
      return edgesNamed(edges, 'one' in fault.instance ? fault.instance.one : fault.instance.id)
    case 'pause':
    case 'reset':
    case 'latency':
    case 'bandwidth':
    case 'slicer':
    case 'limitData':
    case 'slowClose':
    case 'surge':
      return []
  }
}
