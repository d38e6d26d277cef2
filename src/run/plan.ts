import type { RequestTemplate } from '../contract/define.ts'
import type { Terms } from '../contract/terms.ts'
import type { ScriptFacts } from '../load/script.ts'
import { phases, type Scenario } from '../scenario/define.ts'
import type { Topology } from '../system/resolve.ts'
import type { Loaded } from './load-files.ts'
import { type PlannedScenario, planScenario } from './plan-scenario.ts'

export type { PlannedInteraction, PlannedScenario } from './plan-scenario.ts'

/** All that will happen, as data; `--dry-run` prints it and stops. */
export interface Plan {
  seed: number
  variants: string[]
  topology: Topology
  terms: Terms
  /** Normal load when the gate starts, ms; its p95 is what "normal" means for the rest of the run. 0 where none is known. */
  baselineMs: number
  scenarios: PlannedScenario[]
  /** Sum of all phases, baseline and health checks, ms. */
  totalMs: number
  /** The same if every phase is looked at to its last look, ms. */
  longestMs: number
}

/** Normal load right before each scenario, to see that the system is well: at least one window of this length, ms. */
export const healthWindowMs = 1_000

const usualBaselineMs = 3_000

export interface PlanInput {
  seed: number
  variants: readonly string[]
  topology: Topology
  terms: Terms
  requests: ReadonlyMap<string, RequestTemplate>
  scenarios: readonly (Loaded<Scenario> & { name: string })[]
  /** What is known of the scripts that are loads, by the names of their scenarios; their files are relative to the folder. */
  scripts: { folder: string; facts: ReadonlyMap<string, ScriptFacts> }
  /** Base address at which a workload for a provider enters. */
  doorOf(provider: string): string
}

/** Pure: the same input gives the same plan. The input has been checked. */
export function makePlan(input: PlanInput): Plan {
  const scenarios = input.scenarios.map((scenario) => planScenario(scenario, input))
  const allOf = (length: (looks: readonly number[]) => number) =>
    scenarios.reduce((sum, { looks }) => phases.reduce((all, phase) => all + length(looks[phase]), sum), 0)
  const baselineMs = scenarios.some(({ interactions }) => interactions.length > 0) ? usualBaselineMs : 0
  const besides = baselineMs + scenarios.length * healthWindowMs
  return {
    seed: input.seed,
    variants: [...input.variants],
    topology: input.topology,
    terms: input.terms,
    baselineMs,
    scenarios,
    totalMs: besides + allOf((looks) => looks[0] ?? 0),
    longestMs: besides + allOf((looks) => looks.at(-1) ?? 0),
  }
}
