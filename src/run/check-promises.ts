import type { Place } from '../contract/place.ts'
import { normalKey, type Terms } from '../contract/terms.ts'
import { formatMs, ms } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import type { Fault } from '../fault/vocabulary.ts'
import { describePromise } from '../scenario/promise.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import { edgeName, parseEdgeName } from '../system/topology.ts'
import { needOf } from './needs.ts'

type Made = SoundScenario['promises'][number]
type Report = (message: string, hint?: string) => void

/** Promises that make no sense here, that could never be kept, or that could never be measured. */
export function checkPromises(scenario: SoundScenario, names: SystemNames, terms: Terms): void {
  for (const made of scenario.promises) {
    const { promise, phase, place } = made
    const report: Report = (message, hint) => place.report(`"${describePromise(promise)}" ${message}`, hint)
    if (promise.kind === 'amplification') {
      if (phase !== 'during')
        report(`compares the fault with the time before, so it belongs to "during", not "${phase}"`)
      checkAmplified(place, promise.edge, scenario, names, report)
    } else if (promise.kind === 'recovers') {
      checkRecovery(promise.within, made, scenario, terms, report)
    } else {
      const mix = [...scenario.mix.keys()]
      if (promise.of !== undefined && !mix.includes(normalKey(promise.of)))
        place.report(`unknown interaction of the mix "${promise.of}"`, suggestion(normalKey(promise.of), mix))
      else checkKeepable(made, scenario, report)
    }
  }
}

function checkRecovery(
  duration: Parameters<typeof ms>[0],
  { phase }: Made,
  { lengths, mix }: SoundScenario,
  terms: Terms,
  report: Report,
): void {
  if (phase !== 'after') return report(`belongs to "after", not "${phase}"`)
  const within = ms(duration)
  if (lengths.after !== undefined && lengths.after <= within)
    report(`cannot be seen in an "after" of ${formatMs(lengths.after)}`, 'lengthen phases.after')
  for (const { key, recoversMs } of terms.interactions) {
    if (mix.has(key) && recoversMs > within)
      report(`is shorter than the ${recoversMs} ms that the contract of "${key}" allows itself`)
  }
}

/** An edge as a promise may name it: `instance` where it is that of one of several. */
interface NamedEdge {
  consumer: string
  provider: string
  instance: string | null
}

function checkAmplified(place: Place, text: string, scenario: SoundScenario, names: SystemNames, report: Report): void {
  const { consumer = '', provider } = parseEdgeName(text)
  const service = names.instances.find(({ id }) => id === provider)?.service ?? provider
  if (!names.edges.some((edge) => edge.consumer === consumer && edge.provider === service)) {
    const known = names.edges.map(({ name }) => name)
    return place.report(`unknown edge "${text}"`, suggestion(consumer ? edgeName(consumer, provider) : text, known))
  }
  if (names.redis.includes(service))
    report('can never be measured: Redis clients pipeline, so commands cannot be counted as turns')
  const edge = { consumer, provider: service, instance: service === provider ? null : provider }
  const hiding = scenario.faults.find(({ fault }) => hidesTurns(fault, edge))?.fault
  if (hiding) {
    const why = hiding.kind === 'timeout' ? 'requests never reach the tap' : 'a refused port counts no requests'
    report(`can never be measured: ${why} under ${hiding.kind}`, 'use timeout(…) downstream or latency(…) for it')
  }
}

function hidesTurns(fault: Fault, edge: NamedEdge): boolean {
  if (fault.kind !== 'kill' && fault.kind !== 'down' && !(fault.kind === 'timeout' && fault.stream === 'upstream'))
    return false
  const { consumer, provider } =
    fault.kind === 'kill'
      ? { provider: 'one' in fault.instance ? fault.instance.one : fault.instance.id }
      : parseEdgeName(fault.on)
  const other = edge.instance !== null && provider.includes('#') && provider !== edge.instance
  const hit = provider.split('#')[0] === edge.provider && !other
  return hit && (consumer === undefined || consumer === edge.consumer)
}

/** Only where the user fixed the length of the phase; else the plan makes it long enough. */
function checkKeepable({ promise, phase }: Made, { rate, mix, lengths }: SoundScenario, report: Report): void {
  const lengthMs = lengths[phase]
  if (lengthMs === undefined) return
  const weights = Object.fromEntries([...mix].map(([key, { weight }]) => [key, weight]))
  const need = needOf(promise, { rate, mix: weights, lengthMs })
  // It takes forever where the weight of the interaction is none, which was said.
  if (need === null || need.responses >= need.needed || need.neededMs === Infinity) return
  report(
    `can never be kept in ${need.responses} responses: it needs ${need.needed} without a single violation`,
    `lengthen phases.${phase} to ${Math.ceil(need.neededMs / 1000)}s or more, or raise the rate`,
  )
}
