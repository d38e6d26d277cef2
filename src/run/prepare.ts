import type { StandardSchemaV1 } from '@standard-schema/spec'
import { compileContracts } from '../contract/compile.ts'
import type { Contract, RequestTemplate } from '../contract/define.ts'
import { interactionKey, type Terms } from '../contract/terms.ts'
import { validateContract, validateContracts } from '../contract/validate.ts'
import type { Problem } from '../core/errors.ts'
import { withLines } from '../core/place.ts'
import { freePorts } from '../core/ports.ts'
import type { ReadScript } from '../load/script.ts'
import type { Phase } from '../scenario/define.ts'
import type { System } from '../system/define.ts'
import { type SystemNames, namesOf } from '../system/names.ts'
import { doorOf, resolveTopology } from '../system/resolve.ts'
import { validateSystem } from '../system/validate.ts'
import { checkContracts, unknown } from './check-contracts.ts'
import { checkPolicy } from './check-policy.ts'
import { checkScenarioNames } from './check-scenario-names.ts'
import { checkScenario } from './check-scenarios.ts'
import { checkSchedules } from './check-script.ts'
import { invalid, type Loaded, type LoadedFiles, loadFiles, sourceOf } from './load-files.ts'
import { makePlan, type Plan } from './plan.ts'
import { schemaIn } from './plan-probes.ts'
import { readScripts } from './read-scripts.ts'
import type { OwnValues } from './workload.ts'

export interface PrepareOptions {
  /** Config file, relative to `cwd`; `brownout.config.*` there when absent. */
  config?: string | undefined
  cwd: string
  variants: readonly string[]
  /** Scenario names, or parts of them, to keep; all when empty. */
  only: readonly string[]
  seed: number
  /** The day that waivers are held against: `'2027-01-31'`. */
  today: string
  /** Where each instance has a folder of its own. */
  data: string
  /** Asks k6 what a script would do; none where the load engine plays no scripts. Not asked for a system that is only to be used. */
  readScript?: ReadScript | null
  /** Whether edges go through proxies; `false` for a system that is only to be used. */
  proxied?: boolean
}

/** Files that were read and found right, and the plan they make. */
export interface Prepared {
  files: LoadedFiles
  plan: Plan
  /** Whether every scenario there is was planned. */
  whole: boolean
  /** Port of the proxy server's API. */
  apiPort: number
  doorOf(provider: string): string
  requestOf(key: string): RequestTemplate
  /** The contract's own values for the requests of an interaction. */
  valuesOf(key: string): OwnValues
  /** What the answers to the probe of a promise are held against. */
  schemaOf(scenario: string, phase: Phase, label: string): StandardSchemaV1
}

/** Loads, checks and plans; touches nothing but files. Rejects with all problems of all files at once. */
export async function prepare(options: PrepareOptions): Promise<Prepared> {
  const files = await loadFiles(options.config, options.cwd)
  const { folder, system, contracts } = files
  const names = namesOf(system.definition, options.variants)
  const problems: Problem[] = [...files.problems, ...validateSystem(system.definition, system.file)]
  for (const { file, definition } of contracts) problems.push(...validateContract(definition, file))
  const sources = contracts.map(({ file, definition }) => ({ file, contract: definition }))
  problems.push(...validateContracts(sources), ...checkContracts(contracts, names))
  const terms: Terms = problems.length === 0 ? compileContracts(sources).terms : termsOfNames(contracts)
  problems.push(...checkScenarioNames(files.scenarios))
  for (const scenario of files.scenarios) problems.push(...checkScenario(scenario, names, terms))
  problems.push(...checkPolicy(system, files.scenarios, options.today))
  problems.push(...checkOptions(options, files, names))
  const { proxied = true, readScript: read = null } = options
  const scenarios = files.scenarios.filter(({ name }) => isWanted(name, options.only, files.scenarios))
  const scripts = await readScripts(proxied ? scenarios : [], { folder, terms, read })
  problems.push(...scripts.problems)
  const throwIfAny = (found: readonly Problem[]) => {
    if (found.length > 0) throw invalid(withLines(found, sourceOf(folder)))
  }
  throwIfAny(problems)

  let apiPort = 0
  const topology = await resolveTopology(system.definition, {
    variants: options.variants,
    proxied,
    folder,
    data: options.data,
    ports: async (count) => {
      const [first, ...rest] = await freePorts(count + 1, { taken: fixedPorts(system.definition) })
      apiPort = first as number
      return rest
    },
  })
  const door = (provider: string) => doorOf(system.definition, topology, provider)
  const { requests, values } = interactionsOf(contracts)
  const plan = makePlan({
    seed: options.seed,
    variants: options.variants,
    topology,
    terms,
    requests,
    scenarios,
    scripts: { folder, facts: scripts.facts },
    doorOf: door,
  })
  throwIfAny(checkSchedules(plan.scenarios))
  return {
    files: { ...files, scenarios },
    plan,
    whole: scenarios.length === files.scenarios.length,
    apiPort,
    doorOf: door,
    requestOf: (key) => requests.get(key) as RequestTemplate,
    valuesOf: (key) => values.get(key) ?? { parameters: {}, rows: [{}] },
    schemaOf: (name, phase, label) =>
      schemaIn(scenarios.find((scenario) => scenario.name === name)?.definition.promises[phase], label),
  }
}

function fixedPorts({ services }: System): Set<number> {
  return new Set(Object.values(services).flatMap(({ port }) => port ?? []))
}

/** A name that is exactly a scenario's means that one alone; any other means all whose name contains it. */
function isWanted(name: string, only: readonly string[], scenarios: readonly { name: string }[]): boolean {
  const exact = (part: string) => scenarios.some((scenario) => scenario.name === part)
  return only.length === 0 || only.some((part) => (exact(part) ? name === part : name.includes(part)))
}

function checkOptions(options: PrepareOptions, { scenarios }: LoadedFiles, names: SystemNames): Problem[] {
  const known = scenarios.map(({ name }) => name)
  return [
    ...options.variants
      .filter((variant) => !names.variants.includes(variant))
      .map((variant) => unknown('--variant', [], 'variant', variant, names.variants)),
    ...options.only
      .filter((part) => !known.some((name) => name.includes(part)))
      .map((part) => unknown('--only', [], 'scenario', part, known)),
    ...(known.length === 0
      ? [{ file: 'scenarios/', path: [], message: 'holds no scenario, so there is nothing to prove' }]
      : []),
  ]
}

/** Enough of the terms to check scenarios against, when the contracts themselves are not right. */
function termsOfNames(contracts: readonly Loaded<Contract>[]): Terms {
  const interactions = contracts.flatMap(({ definition: { consumer, provider, interactions: named } }) =>
    Object.keys(named ?? {}).map((name, id) => ({
      id,
      key: interactionKey(consumer, provider, name),
      consumer,
      provider,
      name,
      given: null,
      withinMs: null,
      recoversMs: 0,
      halves: [],
      stances: [],
    })),
  )
  return { hash: '', interactions }
}

function interactionsOf(contracts: readonly Loaded<Contract>[]) {
  const requests = new Map<string, RequestTemplate>()
  const values = new Map<string, OwnValues>()
  for (const { definition } of contracts) {
    for (const [name, interaction] of Object.entries(definition.interactions)) {
      const key = interactionKey(definition.consumer, definition.provider, name)
      requests.set(key, interaction.request)
      values.set(key, { parameters: interaction.parameters ?? {}, rows: interaction.rows ?? [{}] })
    }
  }
  return { requests, values }
}
