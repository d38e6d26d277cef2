/** The authoring API: all that contracts, scenarios and `brownout.config.ts` import. */
export {
  type Contract,
  type ContractDefinition,
  defineContract,
  type InteractionDefinition,
} from './contract/define.ts'
export { reduced, refused, type Half, type RefusedHalf, type Stance, unaffected } from './contract/stance.ts'
export type { Condition } from './contract/condition.ts'
export type { Duration } from './core/duration.ts'
export { down, type Fault, kill, one, reset, timeout } from './fault/vocabulary.ts'
export { defineScenario, type Scenario, type ScenarioDefinition } from './scenario/define.ts'
export { latency } from './scenario/latency.ts'
export { amplification, none, recovers, type ScenarioPromise, share } from './scenario/promise.ts'
export {
  defineSystem,
  host,
  http,
  node,
  own,
  port,
  program,
  redis,
  type System,
  type SystemDefinition,
  url,
} from './system/define.ts'
