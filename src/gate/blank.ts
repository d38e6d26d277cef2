import type { RunRecord, ScenarioRecord } from '../record/record.ts'
import type { Engines } from '../run/engines.ts'
import type { PlannedScenario } from '../run/plan.ts'
import type { Prepared } from '../run/prepare.ts'

/** What is known of a run before it begins. */
export interface RunInput {
  run: string
  brownout: string
  /** The config file as the user named it; `null`: the one in the working folder. */
  config: string | null
  prepared: Prepared
  engines: Engines
}

/** The record of a run before anything happened. */
export function blankRun(input: RunInput, startedAt: number): RunRecord {
  const { run: id, brownout, prepared, engines, config } = input
  const { plan, whole, files } = prepared
  const { seed, variants, topology, terms } = plan
  return {
    format: 'brownout-run',
    version: 2,
    id,
    brownout,
    startedAt,
    endedAt: null,
    seed,
    variants,
    config,
    policy: files.system.definition.gate ?? {},
    system: {
      name: topology.name,
      // Environments may hold secrets and are not recorded.
      instances: topology.instances.map(({ id: instance, service, host, port, probe }) => ({
        id: instance,
        service,
        host,
        port,
        probe,
      })),
      edges: topology.edges,
    },
    engines: { name: engines.name, parts: [] },
    terms,
    baseline: null,
    scenarios: [],
    planned: plan.scenarios.map(({ name, title, file }) => ({ name, title, file })),
    whole,
    endedBy: null,
    faultsLeft: [],
  }
}

/** The record of a scenario before it was played. */
export function blankScenario(scenario: PlannedScenario): ScenarioRecord {
  const { name, file, title, rate, script, interactions, timeoutMs, promises, planned, looks, probes } = scenario
  return {
    name,
    file,
    title,
    rate,
    script: script && { file: script.name },
    interactions: interactions.map(({ id, key, weight }) => ({ id, key, weight })),
    timeoutMs,
    promises,
    planned,
    looks,
    health: null,
    startedAt: null,
    endedAt: null,
    faults: [],
    taps: [],
    load: null,
    probes: probes.map(({ phase, label, url }) => ({ phase, label, url, readings: [] })),
    deaths: [],
    endedBy: null,
  }
}
