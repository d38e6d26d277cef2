import { normalKey, type Terms } from '../contract/terms.ts'
import { tryMs } from '../core/duration.ts'
import type { Problem } from '../core/errors.ts'
import type { Fault } from '../fault/vocabulary.ts'
import { phases, type Scenario } from '../scenario/define.ts'
import type { SystemNames } from '../system/names.ts'
import { parseEdgeName } from '../system/topology.ts'
import { unknown } from './check-contracts.ts'
import { checkPromises } from './check-promises.ts'
import type { Loaded } from './load-files.ts'

/** Everything a scenario says, against the system and the contracts: all problems at once. */
export function checkScenario({ file, definition }: Loaded<Scenario>, names: SystemNames, terms: Terms): Problem[] {
  const problems: Problem[] = []
  const add = (path: string[], message: string, hint?: string) =>
    problems.push({ file, path, message, ...(hint ? { hint } : {}) })
  if (typeof definition.title !== 'string' || definition.title.trim() === '') add(['title'], 'has no title')
  checkLoad(definition, terms, add, (path, what, name, known) => problems.push(unknown(file, path, what, name, known)))
  if (!Array.isArray(definition.faults) || definition.faults.length === 0) {
    add(['faults'], 'breaks nothing', "give it at least one fault, such as down('redis')")
  }
  for (const [index, fault] of (definition.faults ?? []).entries()) {
    problems.push(...checkFault({ file, path: ['faults', String(index)] }, fault, names))
  }
  for (const [phase, duration] of Object.entries(definition.phases ?? {})) {
    if (!phases.some((known) => known === phase))
      problems.push(unknown(file, ['phases', phase], 'phase', phase, phases))
    else if (!tryMs(duration))
      add(['phases', phase], `"${String(duration)}" is no duration`, "write it as '500ms', '5s' or '2m'")
  }
  problems.push(...checkPromises(file, definition, names, terms))
  return problems
}

function checkLoad(
  { load }: Scenario,
  terms: Terms,
  add: (path: string[], message: string, hint?: string) => void,
  addUnknown: (path: string[], what: string, name: string, known: string[]) => void,
): void {
  const mix = Object.entries(load?.mix ?? {})
  if (!load || mix.length === 0) {
    add(
      ['load'],
      'sends no load, so it could prove nothing',
      "load: { rate: 100, mix: { 'consumer → provider / interaction': 1 } }",
    )
    return
  }
  if (!(load.rate > 0 && load.rate <= 100_000))
    add(['load', 'rate'], `${String(load.rate)} is no rate`, 'arrivals per second, more than 0')
  const keys = terms.interactions.map(({ key }) => key)
  for (const [name, weight] of mix) {
    if (!keys.includes(normalKey(name))) addUnknown(['load', 'mix', name], 'interaction', name, keys)
    if (!(weight > 0)) add(['load', 'mix', name], `${String(weight)} is no weight`, 'a number above 0')
  }
}

function checkFault({ file, path }: { file: string; path: string[] }, fault: Fault, names: SystemNames): Problem[] {
  if (fault.kind === 'kill') {
    const { instance } = fault
    if ('one' in instance) {
      return names.services.includes(instance.one) ? [] : [unknown(file, path, 'service', instance.one, names.services)]
    }
    const ids = names.instances.map(({ id }) => id)
    return ids.includes(instance.id) ? [] : [unknown(file, path, 'instance', instance.id, ids)]
  }
  const problems: Problem[] = []
  const { consumer, provider } = parseEdgeName(fault.on)
  const providers = names.edges
    .filter((edge) => consumer === undefined || edge.consumer === consumer)
    .map((edge) => edge.provider)
  const service = names.instances.find(({ id }) => id === provider)?.service ?? provider
  if (!providers.includes(service)) {
    const known = consumer === undefined ? [...new Set(providers)] : names.edges.map(({ name }) => name)
    problems.push(unknown(file, path, consumer === undefined ? 'dependency' : 'edge', fault.on, known))
  }
  const durations = fault.kind === 'latency' ? [fault.delay, fault.jitter] : 'after' in fault ? [fault.after] : []
  for (const duration of durations) {
    if (tryMs(duration) !== undefined) continue
    problems.push({
      file,
      path,
      message: `"${String(duration)}" is no duration`,
      hint: "write it as '500ms' or '5s'",
    })
  }
  return problems
}
