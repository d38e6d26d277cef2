import { formatMs, ms } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import type { ScenarioPromise } from '../scenario/promise.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import type { Made, Report } from './check-promises.ts'

type ProbePromise = Extract<ScenarioPromise, { kind: 'eventually' | 'never' }>

/** A probe must have somebody to ask, and time to come true. */
export function checkProbe(
  { phase, place }: Made,
  promise: ProbePromise,
  { scenario: { lengths }, names, report }: { scenario: SoundScenario; names: SystemNames; report: Report },
): void {
  const { service } = promise.probe
  const here = place.at('probe', 'service')
  const known = [...new Set([...names.services, ...names.instances.map(({ id }) => id)])]
  if (!known.includes(service)) here.report(`unknown service or instance "${service}"`, suggestion(service, known))
  else if (names.redis.includes(service)) here.report(`"${service}" is a Redis, which answers no GET`)

  const length = lengths[phase]
  if (promise.kind === 'never' || promise.within === undefined || length === undefined) return
  if (ms(promise.within) > length)
    report(
      `has more time than the ${formatMs(length)} of "${phase}"`,
      `lengthen phases.${phase}, or leave "within" out`,
    )
}

/** What a probe read is known by the label of its promise. */
export function checkLabels({ promises }: SoundScenario): void {
  const seen = new Set<string>()
  for (const { promise, phase, place } of promises) {
    if (promise.kind !== 'eventually' && promise.kind !== 'never') continue
    const name = `${phase}: ${promise.label}`
    if (seen.has(name)) place.at('label').report(`"${promise.label}" is the label of another promise of "${phase}"`)
    seen.add(name)
  }
}
