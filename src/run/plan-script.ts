import { resolve } from 'node:path'
import { normalKey, type Terms } from '../contract/terms.ts'
import type { ScriptFacts } from '../load/script.ts'
import { type Phase, phases, type Scenario } from '../scenario/define.ts'
import { type ScenarioPromise, threshold } from '../scenario/promise.ts'
import type { ScriptLoad } from '../scenario/script-load.ts'
import type { EnvReference } from '../system/define.ts'
import type { PlanInput } from './plan.ts'

/** A script of the user's that is the load of a scenario. */
export interface PlannedScript {
  /** As the user named it, and where it is. */
  name: string
  file: string
  /** What it finds in `__ENV`. */
  env: Record<string, string>
  /** Those of them that say where the system is. */
  addresses: { name: string; address: string }[]
  thresholds: boolean
  /** `null` when there is no k6 to ask: it can be planned, and not be played. */
  facts: ScriptFacts | null
}

/** `scenario`: the name of the one whose load it is. */
export function planScript(load: ScriptLoad, scenario: string, { terms, scripts, doorOf }: PlanInput): PlannedScript {
  return {
    name: load.script,
    file: resolve(scripts.folder, load.script),
    ...fillScriptEnv(load, terms, doorOf),
    thresholds: load.thresholds,
    facts: scripts.facts.get(scenario) ?? null,
  }
}

/** The service at whose door its traffic goes in: as it says, or the one provider of its interactions; else `null`. */
function targetOf({ target, interactions }: ScriptLoad, terms: Terms): string | null {
  if (target !== undefined) return target
  const keys = interactions.map(normalKey)
  const providers = new Set(terms.interactions.filter(({ key }) => keys.includes(key)).map(({ provider }) => provider))
  const [only] = providers
  return only !== undefined && providers.size === 1 ? only : null
}

/** What a script finds in `__ENV`; what it says itself outranks `BASE_URL`. */
export function fillScriptEnv(
  load: ScriptLoad,
  terms: Terms,
  doorOf: (service: string) => string,
): Pick<PlannedScript, 'env' | 'addresses'> {
  const target = targetOf(load, terms)
  const written: [string, string | EnvReference][] = [
    ...(target === null ? [] : [['BASE_URL', { reference: 'url', service: target }] as [string, EnvReference]]),
    ...Object.entries(load.env),
  ]
  const env: Record<string, string> = {}
  const addresses = new Map<string, string>()
  for (const [name, value] of written) {
    env[name] = typeof value === 'string' ? value : addressOf(value, doorOf)
    if (typeof value !== 'string' && 'service' in value) addresses.set(name, new URL(doorOf(value.service)).host)
  }
  return { env, addresses: [...addresses].map(([name, address]) => ({ name, address })) }
}

function addressOf(reference: EnvReference, doorOf: (service: string) => string): string {
  if (reference.reference === 'own') throw new RangeError('a script has no port or folder of its own')
  const door = doorOf(reference.service)
  const { hostname, port } = new URL(door)
  return { url: door, host: hostname, port }[reference.reference]
}

/** k6 looks at all that was sent, whatever the phase, so its thresholds are judged when all is over. */
export function withThresholds(
  promises: Record<Phase, ScenarioPromise[]>,
  script: PlannedScript | null,
): Record<Phase, ScenarioPromise[]> {
  const thresholds = script?.thresholds ? (script.facts?.thresholds ?? []) : []
  return { ...promises, after: [...promises.after, ...thresholds.map(threshold)] }
}

/** A script that is so much longer than its scenario is most likely not meant for it, ms. */
export function longestScriptMs(neededMs: number): number {
  return neededMs + Math.max(60_000, neededMs)
}

/** Phases of which the user says nothing take what time the script leaves, each by its need; a fault that ends fixes `during`. */
export function fitToScript(
  planned: Record<Phase, number>,
  { faults, phases: said }: Scenario,
  { sendsMs, settleMs }: { sendsMs: number; settleMs: number },
): Record<Phase, number> {
  const sum = (of: readonly Phase[]) => of.reduce((all, phase) => all + planned[phase], 0)
  const neededMs = sum(phases) + settleMs
  const ends = faults.some((fault) => fault.for !== undefined)
  const open = phases.filter((phase) => said?.[phase] === undefined && !(ends && phase === 'during'))
  if (open.length === 0 || sendsMs < neededMs || sendsMs > longestScriptMs(neededMs)) return planned
  const grown = 1 + (sendsMs - neededMs) / sum(open)
  const lengthOf = (phase: Phase) => (open.includes(phase) ? Math.floor(planned[phase] * grown) : planned[phase])
  return { before: lengthOf('before'), during: lengthOf('during'), after: lengthOf('after') }
}
