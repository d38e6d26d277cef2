import type { RequestTemplate } from '../contract/define.ts'
import { type InteractionTerms, normalKey, type Terms } from '../contract/terms.ts'
import { ms } from '../core/duration.ts'
import { seededRandom } from '../core/random.ts'
import { canaryLimitMs } from '../fault/felt.ts'
import { type PlannedFault, planFaults } from '../fault/plan.ts'
import { type Phase, phases, type Scenario } from '../scenario/define.ts'
import { describePromise, type ScenarioPromise } from '../scenario/promise.ts'
import type { Topology } from '../system/resolve.ts'
import type { Loaded } from './load-files.ts'
import { type Need, needOf } from './needs.ts'
import { planWarnings } from './warnings.ts'

/** All that will happen, as data; `--dry-run` prints it and stops. */
export interface Plan {
  seed: number
  variants: string[]
  topology: Topology
  terms: Terms
  /** Normal load when the gate starts, ms; its p95 is what "normal" means for the rest of the run. */
  baselineMs: number
  scenarios: PlannedScenario[]
  /** Sum of all phases, baseline and health checks, ms. */
  totalMs: number
}

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
  rate: number
  interactions: PlannedInteraction[]
  timeoutMs: number
  /** What coming and going of the faults may take beyond the phases, ms: canaries, a restart. */
  settleMs: number
  promises: Record<Phase, ScenarioPromise[]>
  /** Lengths of the phases, ms. */
  planned: Record<Phase, number>
  needs: { phase: Phase; text: string; need: Need | null }[]
  faults: PlannedFault[]
  warnings: string[]
}

/** Normal load right before each scenario, to see that the system is well: at least one window of this length, ms. */
export const healthWindowMs = 1_000

const baselineMs = 3_000
const shortestPhaseMs = 2_000
const longestTimeoutMs = 10_000
/** A derived phase has this much more than its promises need without a violation, so that a few are tolerated. */
const room = 1.5

export interface PlanInput {
  seed: number
  variants: readonly string[]
  topology: Topology
  terms: Terms
  requests: ReadonlyMap<string, RequestTemplate>
  scenarios: readonly (Loaded<Scenario> & { name: string })[]
  /** Base address at which a workload for a provider enters. */
  doorOf(provider: string): string
}

/** Pure: the same input gives the same plan. The input has been checked. */
export function makePlan(input: PlanInput): Plan {
  const scenarios = input.scenarios.map((scenario) => planScenario(scenario, input))
  const phaseMs = scenarios.reduce((sum, { planned }) => sum + planned.before + planned.during + planned.after, 0)
  return {
    seed: input.seed,
    variants: [...input.variants],
    topology: input.topology,
    terms: input.terms,
    baselineMs,
    scenarios,
    totalMs: baselineMs + scenarios.length * healthWindowMs + phaseMs,
  }
}

function planScenario(
  { file, name, definition }: Loaded<Scenario> & { name: string },
  input: PlanInput,
): PlannedScenario {
  const { terms, topology, seed } = input
  const mix = Object.fromEntries(Object.entries(definition.load.mix).map(([key, weight]) => [normalKey(key), weight]))
  const played = terms.interactions.filter(({ key }) => key in mix)
  const promises = Object.fromEntries(
    phases.map((phase) => [phase, (definition.promises[phase] ?? []).map(normalPromise)]),
  ) as Record<Phase, ScenarioPromise[]>
  const { rate } = definition.load
  const planned = planLengths(definition, promises, rate, mix)
  const random = seededRandom(seed, `faults of ${name}`)
  const faults = planFaults(definition.faults, name, topology, random)
  const timeoutMs = planTimeout(played, promises)
  return {
    name,
    file,
    title: definition.title,
    rate,
    interactions: played.map(({ id, key, given, provider }) => ({
      id,
      key,
      weight: mix[key] as number,
      base: input.doorOf(provider),
      request: input.requests.get(key) as RequestTemplate,
      given,
    })),
    timeoutMs,
    settleMs: settleTime(faults, topology),
    promises,
    planned,
    needs: phases.flatMap((phase) =>
      promises[phase].map((promise) => ({
        phase,
        text: describePromise(promise),
        need: needOf(promise, { rate, mix, lengthMs: planned[phase] }),
      })),
    ),
    faults,
    warnings: planWarnings(faults, played, timeoutMs),
  }
}

function planLengths(
  definition: Scenario,
  promises: Record<Phase, ScenarioPromise[]>,
  rate: number,
  mix: Record<string, number>,
): Record<Phase, number> {
  const derived = (phase: Phase) => {
    const needs = promises[phase].map((promise) => needOf(promise, { rate, mix, lengthMs: 0 })?.neededMs ?? 0)
    const amplification = promises.during.some(({ kind }) => kind === 'amplification') ? (200 / rate) * 1_000 : 0
    return Math.max(shortestPhaseMs, Math.max(0, ...needs, phase === 'after' ? 0 : amplification) * room)
  }
  const before = derived('before')
  // To see a recovery, the promises of `before` must be decided on what is left after its time is up.
  const recovery = promises.after.map((promise) => (promise.kind === 'recovers' ? ms(promise.within) + before : 0))
  const lengths = { before, during: derived('during'), after: Math.max(derived('after'), ...recovery) }
  for (const phase of phases) {
    const said = definition.phases?.[phase]
    lengths[phase] = Math.round(said === undefined ? lengths[phase] : ms(said))
  }
  return lengths
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

function normalPromise(promise: ScenarioPromise): ScenarioPromise {
  if (promise.kind === 'amplification') return { ...promise, edge: normalKey(promise.edge) }
  if (promise.kind === 'recovers' || promise.of === undefined) return promise
  return { ...promise, of: normalKey(promise.of) }
}

function settleTime(faults: readonly PlannedFault[], { instances }: Topology): number {
  const canaries = faults.map(({ fault }) => 3 * canaryLimitMs(fault))
  const restarts = instances
    .filter(({ id }) => faults.some(({ instance }) => instance === id))
    .map(({ readyWithinMs }) => readyWithinMs)
  return 5_000 + Math.max(0, ...canaries) + Math.max(0, ...restarts)
}

/** How long the faults of a scenario may at most be held before the watcher undoes them, ms. */
export function leaseMs({ planned, timeoutMs, settleMs }: PlannedScenario): number {
  return planned.during + timeoutMs + settleMs + 15_000
}
