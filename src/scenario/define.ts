import type { InteractionName } from '../contract/register.ts'
import type { Duration } from '../core/duration.ts'
import type { Fault } from '../fault/vocabulary.ts'
import type { WrittenPromise } from './promise.ts'
import type { ScriptLoad } from './script-load.ts'

export interface LoadDefinition {
  /** Arrivals per second; they are sent when due, however slow the answers are. */
  rate: number
  /** Interaction → weight. */
  mix: { readonly [Each in InteractionName]?: number }
}

export const phases = ['before', 'during', 'after'] as const
export type Phase = (typeof phases)[number]

export interface ScenarioDefinition {
  title: string
  load: LoadDefinition | ScriptLoad
  faults: readonly Fault[]
  promises: Readonly<Partial<Record<Phase, readonly WrittenPromise[]>>>
  /** Lengths of the phases; what is absent is computed from what the promises need. */
  phases?: Readonly<Partial<Record<Phase, Duration>>>
}

export interface Scenario extends Readonly<ScenarioDefinition> {
  readonly kind: 'scenario'
}

/** A load, the faults that meet it, and what is promised before, during and after them. Returns plain frozen data. */
export function defineScenario(definition: ScenarioDefinition): Scenario {
  return Object.freeze({ kind: 'scenario', ...definition })
}
