import type { Terms } from '../contract/terms.ts'
import type { Problem } from '../core/errors.ts'
import { formatMs } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import { describeFault } from '../fault/vocabulary.ts'
import { phases } from '../scenario/define.ts'
import type { ScenarioPromise } from '../scenario/promise.ts'
import type { SoundScript } from '../scenario/read-script.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import type { PlannedScenario } from './plan-scenario.ts'
import { longestScriptMs } from './plan-script.ts'

/** A script must find the system, and nothing may be asked of it that its own schedule does not leave open. */
export function checkScript({ script, mix, faults }: SoundScenario, names: SystemNames, terms: Terms): void {
  if (script === null) return
  const providers = terms.interactions.filter(({ key }) => mix.has(key)).map(({ provider }) => provider)
  const isTold = script.target !== null || new Set(providers).size === 1
  if (!isTold && !script.env.some(({ value }) => typeof value !== 'string'))
    script.place.report('is told no address, so it cannot find the system', "target: 'storefront' is its BASE_URL")
  for (const { service, place } of servicesOf(script)) {
    if (!names.services.includes(service))
      place.report(`unknown service "${service}"`, suggestion(service, names.services))
    else if (names.redis.includes(service)) place.report(`"${service}" is a Redis, and k6 sends HTTP`)
  }
  for (const { fault, place } of faults)
    if (fault.kind === 'surge')
      place.report(`"${describeFault(fault)}" is more load, and a script alone says how much it sends`)
}

function servicesOf({ place, target, env }: SoundScript) {
  return [
    ...(target === null ? [] : [{ service: target, place: place.at('target') }]),
    ...env.flatMap((each) =>
      typeof each.value === 'string' ? [] : [{ service: each.value.service, place: each.place }],
    ),
  ]
}

/** Whether a promise looks at responses: of a script, only those are known that it tags. */
export function looksAtResponses({ kind }: ScenarioPromise): boolean {
  return kind !== 'eventually' && kind !== 'never' && kind !== 'threshold'
}

/** Plans of scripts whose schedule, as k6 tells it, does not go with the phases, or that have none of the thresholds they are to keep. */
export function checkSchedules(scenarios: readonly PlannedScenario[]): Problem[] {
  return scenarios.flatMap((scenario) => {
    const { file, script } = scenario
    if (script === null || script.facts === null) return []
    const report = (at: string, message: string, hint: string): Problem => ({ file, path: ['load', at], message, hint })
    const missing = script.thresholds && script.facts.thresholds.length === 0
    return [
      ...whyUnfit(scenario).map(([message, hint]) => report('script', `"${script.name}" ${message}`, hint)),
      ...(missing
        ? [report('thresholds', `"${script.name}" has no thresholds`, 'give its options some, or leave this out')]
        : []),
    ]
  })
}

/** Iterations that are under way at the end may take so long, ms. */
const longestEndMs = 60_000

function whyUnfit({ script, planned, settleMs }: PlannedScenario): [message: string, hint: string][] {
  if (!script?.facts) return []
  const { sendsMs, endsMs } = script.facts
  const neededMs = phases.reduce((sum, phase) => sum + planned[phase], settleMs)
  const lengths = phases.map((phase) => `${phase} ${formatMs(planned[phase])}`).join(', ')
  const takes = `the scenario takes ${formatMs(neededMs)}: ${lengths}, and ${formatMs(settleMs)} for faults to come and go`
  if (sendsMs < neededMs)
    return [[`sends for ${formatMs(sendsMs)}, and ${takes}`, 'lengthen its schedule, or shorten the phases']]
  const mostMs = longestScriptMs(neededMs)
  if (sendsMs > mostMs) {
    const hint = 'shorten its schedule (duration, stages, maxDuration), or lengthen the phases'
    return [[`may send for ${formatMs(sendsMs)}, more than the ${formatMs(mostMs)} that go with this: ${takes}`, hint]]
  }
  if (endsMs - sendsMs <= longestEndMs) return []
  const ends = `may take ${formatMs(endsMs - sendsMs)} for its last iterations, more than ${formatMs(longestEndMs)}`
  return [[ends, 'shorten its gracefulStop']]
}
