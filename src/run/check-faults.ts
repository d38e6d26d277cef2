import type { Place } from '../contract/place.ts'
import { normalKey } from '../contract/terms.ts'
import { formatMs } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import { windowOf } from '../fault/timing.ts'
import { describeFault, type Fault, type InstanceFault, type Surge } from '../fault/vocabulary.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import { parseEdgeName } from '../system/topology.ts'
import { checkHidden } from './check-hidden.ts'
import { checkTogether } from './check-together.ts'
import { checkWitness } from './check-witness.ts'
import { surgeNeedsMs } from './surges.ts'

/** What a fault is aimed at must exist, its time must come, and it must show that it was there. */
export function checkFaults(scenario: SoundScenario, names: SystemNames): void {
  const { during = Infinity } = scenario.lengths
  for (const { fault, place } of scenario.faults) {
    checkTiming(place, fault, during)
    if (fault.kind === 'surge') {
      if (scenario.script === null && isSurgeOfMix(place, fault, scenario)) checkSurge(place, fault, scenario)
    } else {
      const service = 'on' in fault ? bitten(place, fault.on, names) : struck(place, fault, names)
      if (service !== undefined) checkWitness(place, fault, { service, names, duringMs: during })
    }
  }
  checkHidden(scenario, names)
  checkTogether(scenario, names)
}

/** Only where the user fixed the length of the phase; else the plan makes it long enough. */
function checkTiming(place: Place, fault: Fault, duringMs: number): void {
  const { fromMs, untilMs } = windowOf(fault)
  const report = (what: string) =>
    place.report(`"${describeFault(fault)}" ${what} of ${formatMs(duringMs)}`, 'lengthen phases.during')
  if (fromMs >= duringMs) report('begins after a "during"')
  else if (untilMs > duringMs && untilMs < Infinity) report('lasts longer than a "during"')
}

function isSurgeOfMix(place: Place, { of }: Surge, { mix }: SoundScenario): boolean {
  const known = [...mix.keys()]
  const key = normalKey(of)
  const isKnown = known.includes(key)
  if (!isKnown) place.report(`unknown interaction of the mix "${of}"`, suggestion(key, known))
  return isKnown
}

/** A little more of what comes anyway, or for a moment, proves nothing: its witness would be a matter of luck. */
function checkSurge(place: Place, surge: Surge, { rate, mix, lengths }: SoundScenario): void {
  const { fromMs, untilMs } = windowOf(surge)
  const lastsMs = Math.min(untilMs, lengths.during ?? Infinity) - fromMs
  const weights = Object.fromEntries([...mix].map(([key, { weight }]) => [key, weight]))
  const neededMs = Math.ceil(surgeNeedsMs(surge, { rate, mix: weights }))
  if (lastsMs > 0 && lastsMs < neededMs)
    place.report(
      `"${describeFault(surge)}" cannot be told from chance in ${formatMs(lastsMs)}`,
      `give it ${formatMs(neededMs)} or more, or a higher rate`,
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

/** The service of which instances are ended or stopped. */
function struck(place: Place, { instance }: InstanceFault, { services, instances }: SystemNames): string | undefined {
  if ('one' in instance) {
    if (services.includes(instance.one)) return instance.one
    place.report(`unknown service "${instance.one}"`, suggestion(instance.one, services))
    return undefined
  }
  const service = instances.find((known) => known.id === instance.id || known.service === instance.id)?.service
  const known = [...new Set([...services, ...instances.map(({ id }) => id)])]
  if (service === undefined)
    place.report(`unknown service or instance "${instance.id}"`, suggestion(instance.id, known))
  return service
}
