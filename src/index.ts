/** The authoring API: all that contracts, scenarios and `brownout.config.ts` import. */
export {
  type Contract,
  type ContractDefinition,
  defineContract,
  type InteractionDefinition,
} from './contract/define.ts'
export { reduced, refused, type Half, type RefusedHalf, type Stance, unaffected } from './contract/stance.ts'
export type { Condition } from './contract/condition.ts'
export * from './contract/register.ts'
export type { Duration } from './core/duration.ts'
export {
  bandwidth,
  down,
  type Fault,
  flapping,
  kill,
  limitData,
  one,
  pause,
  reset,
  restart,
  slicer,
  slowClose,
  surge,
  timeout,
} from './fault/vocabulary.ts'
export { defineScenario, type Scenario, type ScenarioDefinition } from './scenario/define.ts'
export { latency } from './scenario/latency.ts'
export {
  amplification,
  eventually,
  get,
  type HttpProbe,
  isolated,
  never,
  none,
  recovers,
  share,
  type WrittenPromise,
} from './scenario/promise.ts'
export { k6, type ScriptLoad, type ScriptOptions } from './scenario/script-load.ts'
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
export type { GatePolicy, Waiver } from './system/policy.ts'
