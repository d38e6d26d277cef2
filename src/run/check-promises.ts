import { normalKey, type Terms } from '../contract/terms.ts'
import { formatMs, ms } from '../core/duration.ts'
import { suggestion } from '../core/nearest.ts'
import type { Phase } from '../scenario/define.ts'
import { describePromise, type ScenarioPromise } from '../scenario/promise.ts'
import type { SoundScenario } from '../scenario/read.ts'
import type { SystemNames } from '../system/names.ts'
import { confidenceOf } from '../verdict/confidence.ts'
import { checkAmplified } from './check-amplified.ts'
import { checkLabels, checkProbe } from './check-probes.ts'
import { looksAtResponses } from './check-script.ts'
import { faultedMs, type Need, needOf, needOfRecovery, type PhaseLoad } from './needs.ts'
import { planLooks } from './plan-lengths.ts'

export type Made = SoundScenario['promises'][number]
export type Report = (message: string, hint?: string) => void

/** Promises that make no sense here, that could never be kept, or that could never be measured. */
export function checkPromises(scenario: SoundScenario, names: SystemNames, terms: Terms): void {
  for (const made of scenario.promises) {
    const { promise, place } = made
    const report: Report = (message, hint) => place.report(`"${describePromise(promise)}" ${message}`, hint)
    if (scenario.script !== null && scenario.mix.size === 0 && looksAtResponses(promise)) {
      report('looks at responses, and none is known that the script does not tag', 'name the interactions it tags')
      continue
    }
    switch (promise.kind) {
      case 'amplification':
        belongsTo('during', 'compares the fault with the time before, so it ', made, report)
        checkAmplified(made, promise.edge, { scenario, names, report })
        break
      case 'recovers':
        if (belongsTo('after', '', made, report)) {
          checkRecovery(promise, scenario, terms, report)
          const needs: Needs = (load, confidence) => needOfRecovery(promisesIn(scenario).before, load, confidence)
          checkEnough('after', scenario, needs, ({ responses, needed }, hint) =>
            report(`can never be seen in ${responses} responses: it needs ${needed} that are well`, hint),
          )
        }
        break
      case 'eventually':
      case 'never':
        checkProbe(made, promise, { scenario, names, report })
        break
      case 'isolated':
        belongsTo('during', 'compares the fault with the time before, so it ', made, report)
        if (isInMix(promise.of, made, scenario)) {
          checkEnough('before', scenario, needsOf(promise), ({ responses, needed }, hint) =>
            report(`cannot tell from ${responses} responses before what its p95 is: it needs ${needed}`, hint),
          )
          checkKeepable(made, scenario, report)
        }
        break
      case 'threshold':
        break
      case 'share':
      case 'none':
      case 'latency':
        if (promise.of === undefined || isInMix(promise.of, made, scenario)) checkKeepable(made, scenario, report)
    }
  }
  checkLabels(scenario)
}

function belongsTo(wanted: Phase, why: string, { phase }: Made, report: Report): boolean {
  if (phase !== wanted) report(`${why}belongs to "${wanted}", not "${phase}"`)
  return phase === wanted
}

function isInMix(of: string, { place }: Made, scenario: SoundScenario): boolean {
  const mix = [...scenario.mix.keys()]
  const isKnown = mix.includes(normalKey(of))
  if (!isKnown) place.report(`unknown interaction of the mix "${of}"`, suggestion(normalKey(of), mix))
  return isKnown
}

function checkRecovery(
  promise: Extract<ScenarioPromise, { kind: 'recovers' }>,
  { lengths, mix }: SoundScenario,
  terms: Terms,
  report: Report,
): void {
  const within = ms(promise.within)
  if (lengths.after !== undefined && lengths.after <= within)
    report(`cannot be seen in an "after" of ${formatMs(lengths.after)}`, 'lengthen phases.after')
  for (const { key, recoversMs } of terms.interactions) {
    if (mix.has(key) && recoversMs > within)
      report(`is shorter than the ${recoversMs} ms that the contract of "${key}" allows itself`)
  }
}

function checkKeepable({ promise, phase }: Made, scenario: SoundScenario, report: Report): void {
  checkEnough(phase, scenario, needsOf(promise), ({ responses, needed }, hint) =>
    report(`can never be kept in ${responses} responses: it needs ${needed} without a single violation`, hint),
  )
}

type Needs = (load: PhaseLoad, confidence: number) => Need | null

function needsOf(promise: ScenarioPromise): Needs {
  return (load, confidence) => needOf(promise, load, confidence)
}

/** Only where the user fixed the length of the phase; else the plan makes it long enough. */
function checkEnough(
  phase: Phase,
  scenario: SoundScenario,
  needs: Needs,
  tooFew: (need: Need, hint: string) => void,
): void {
  const { rate, mix, lengths } = scenario
  const lengthMs = lengths[phase]
  if (lengthMs === undefined) return
  const faults = scenario.faults.map(({ fault }) => fault)
  const weights = Object.fromEntries([...mix].map(([key, { weight }]) => [key, weight]))
  const looks = planLooks({ faults, rate }, promisesIn(scenario), { before: 0, during: 0, after: 0 })
  const judgedMs = phase === 'during' ? faultedMs(faults, lengthMs) : lengthMs
  const need = needs({ rate, mix: weights, lengthMs: judgedMs }, confidenceOf(looks[phase].length))
  // It takes forever where the weight of the interaction is none, which was said.
  if (need === null || need.responses >= need.needed || need.neededMs === Infinity) return
  const seconds = Math.ceil((need.neededMs + lengthMs - judgedMs) / 1000)
  const grows = phase !== 'during' || faultedMs(faults, lengthMs + 1) > judgedMs
  const longer = grows ? `lengthen phases.${phase} to ${seconds}s or more` : 'let the faults last longer'
  tooFew(need, `${longer}, or raise the rate`)
}

function promisesIn({ promises }: SoundScenario): Record<Phase, ScenarioPromise[]> {
  const of = (phase: Phase) => promises.filter((each) => each.phase === phase).map(({ promise }) => promise)
  return { before: of('before'), during: of('during'), after: of('after') }
}
