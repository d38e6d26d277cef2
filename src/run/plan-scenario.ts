import type { RequestTemplate } from '../contract/define.ts'
import { type InteractionTerms, normalKey } from '../contract/terms.ts'
import { ms } from '../core/duration.ts'
import { seededRandom } from '../core/random.ts'
import { type PlannedFault, planFaults } from '../fault/plan.ts'
import type { Stage } from '../load/workload.ts'
import { type Phase, phases, type Scenario } from '../scenario/define.ts'
import { describePromise, type ScenarioPromise, type WrittenPromise } from '../scenario/promise.ts'
import { isScriptLoad } from '../scenario/read-script.ts'
import { confidenceIn } from '../verdict/confidence.ts'
import type { Loaded } from './load-files.ts'
import { faultedMs, type Need, needOf, needOfRecovery } from './needs.ts'
import type { PlanInput } from './plan.ts'
import { planLengths, planLooks } from './plan-lengths.ts'
import { fitToScript, type PlannedScript, planScript, withThresholds } from './plan-script.ts'
import { type PlannedProbe, planProbes } from './plan-probes.ts'
import { planStages } from './plan-stages.ts'
import { type PlannedEvent, planTimeline } from './plan-timeline.ts'
import { settleMs } from './settle.ts'
import { planWarnings } from './warnings.ts'

export interface PlannedInteraction {
  id: number
  key: string
  weight: number
  base: string
  request: RequestTemplate
  given: string | null
}

export interface PlannedScenario {
  name: string
  file: string
  title: string
  /** `null` when a script decides on it. */
  rate: number | null
  /** Normal load that Brownout itself sends before, a second: the same, or a modest one where a script plays. */
  healthRate: number
  /** The user's own script, when it is the load; `interactions` are then those it tags. */
  script: PlannedScript | null
  interactions: PlannedInteraction[]
  timeoutMs: number
  /** What coming and going of the faults may take beyond the phases, ms: canaries, a restart. */
  settleMs: number
  promises: Record<Phase, ScenarioPromise[]>
  /** Lengths of the phases, ms. */
  planned: Record<Phase, number>
  /** Lengths at which a phase is looked at, ms, the planned one first: an undecided one goes on to the next. */
  looks: Record<Phase, number[]>
  needs: { phase: Phase; text: string; need: Need | null }[]
  faults: PlannedFault[]
  /** When each fault comes and goes, if `during` is as long as planned; in order. */
  timeline: PlannedEvent[]
  /** The load, for as long as the phases may last. */
  stages: Stage[]
  probes: PlannedProbe[]
  warnings: string[]
}

const longestTimeoutMs = 10_000
const modestRate = 50

export function planScenario(
  { file, name, definition }: Loaded<Scenario> & { name: string },
  input: PlanInput,
): PlannedScenario {
  const { terms, topology, seed } = input
  const script = isScriptLoad(definition.load) ? planScript(definition.load, name, input) : null
  const load = loadOf(definition)
  const { rate, mix } = load
  const played = terms.interactions.filter(({ key }) => key in mix)
  const written = Object.fromEntries(
    phases.map((phase) => [phase, (definition.promises[phase] ?? []).map(plainPromise)]),
  ) as Record<Phase, ScenarioPromise[]>
  const promises = withThresholds(written, script)
  const faults = planFaults(definition.faults, name, topology, seededRandom(seed, `faults of ${name}`))
  const settle = settleMs(faults, topology.instances)
  const needed = planLengths(definition, promises, load)
  const planned = script?.facts ? fitToScript(needed, definition, { ...script.facts, settleMs: settle }) : needed
  const looks = planLooks({ faults: definition.faults, rate }, promises, planned)
  const timeoutMs = planTimeout(played, promises)
  const interactions = played.map(({ id, key, given, provider }) => ({
    id,
    key,
    weight: mix[key] as number,
    base: input.doorOf(provider),
    request: input.requests.get(key) as RequestTemplate,
    given,
  }))
  const needIn = (phase: Phase, promise: ScenarioPromise) => {
    const judgedMs = phase === 'during' ? faultedMs(definition.faults, planned.during) : planned[phase]
    const confidence = confidenceIn({ looks }, phase)
    return promise.kind === 'recovers'
      ? needOfRecovery(promises.before, { ...load, lengthMs: judgedMs }, confidence)
      : needOf(promise, { ...load, lengthMs: judgedMs }, confidence)
  }
  return {
    name,
    file,
    title: definition.title,
    rate,
    healthRate: rate ?? modestRate,
    script,
    interactions,
    timeoutMs,
    settleMs: settle,
    promises,
    planned,
    looks,
    needs: phases.flatMap((phase) =>
      promises[phase].map((promise) => ({
        phase,
        text: describePromise(promise),
        need: needIn(phase, promise),
      })),
    ),
    faults,
    timeline: planTimeline(faults, planned.during),
    stages: rate === null ? [] : planStages({ rate, interactions, faults, looks, settleMs: settle }),
    probes: planProbes(promises, topology, input.doorOf),
    warnings: planWarnings(faults, played, timeoutMs),
  }
}

/** Interactions by the names as we write them, with their weights: those that a script tags weigh the same. */
function loadOf({ load }: Scenario): { rate: number | null; mix: Record<string, number> } {
  if (isScriptLoad(load))
    return { rate: null, mix: Object.fromEntries(load.interactions.map((key) => [normalKey(key), 1])) }
  return {
    rate: load.rate,
    mix: Object.fromEntries(Object.entries(load.mix).map(([key, weight]) => [normalKey(key), weight ?? 0])),
  }
}

/** Twice the largest deadline it could miss, at most ten seconds. */
function planTimeout(played: readonly InteractionTerms[], promises: Record<Phase, ScenarioPromise[]>): number {
  const deadlines = played.flatMap(({ withinMs, stances }) => [withinMs, ...stances.map((stance) => stance.withinMs)])
  const bounds = phases.flatMap((phase) =>
    promises[phase].map((promise) => (promise.kind === 'latency' ? ms(promise.atMost) : null)),
  )
  const largest = Math.max(0, ...[...deadlines, ...bounds].filter((value) => value !== null))
  return largest === 0 ? longestTimeoutMs : Math.min(longestTimeoutMs, Math.max(1_000, 2 * largest))
}

/** With names as we write them, and without the schema of a probe, which is code. */
function plainPromise(written: WrittenPromise): ScenarioPromise {
  const { holds: _, ...promise } = { holds: undefined, ...written }
  if (promise.kind === 'amplification') return { ...promise, edge: normalKey(promise.edge) }
  if (!('of' in promise) || promise.of === undefined) return promise
  return { ...promise, of: normalKey(promise.of) }
}
