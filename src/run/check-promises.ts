import { normalKey, type Terms } from '../contract/terms.ts'
import { tryMs } from '../core/duration.ts'
import type { Problem } from '../core/errors.ts'
import type { Fault } from '../fault/vocabulary.ts'
import { type Phase, phases, type Scenario } from '../scenario/define.ts'
import { describePromise, type ScenarioPromise } from '../scenario/promise.ts'
import type { SystemNames } from '../system/names.ts'
import { parseEdgeName } from '../system/topology.ts'
import { unknown } from './check-contracts.ts'
import { needOf, type PhaseLoad } from './needs.ts'

/** Promises that make no sense, that could never be kept, or that could never be measured. */
export function checkPromises(file: string, scenario: Scenario, names: SystemNames, terms: Terms): Problem[] {
  const problems: Problem[] = []
  const all = phases.flatMap((phase) =>
    (scenario.promises?.[phase] ?? []).map((promise, index) => ({ phase, promise, index })),
  )
  if (all.length === 0)
    problems.push({
      file,
      path: ['promises'],
      message: 'promises nothing',
      hint: "during: [share('broken').atMost(0.05)]",
    })
  for (const phase of Object.keys(scenario.promises ?? {})) {
    if (!phases.some((known) => known === phase))
      problems.push(unknown(file, ['promises', phase], 'phase', phase, phases))
  }
  for (const { phase, promise, index } of all) {
    const path = ['promises', phase, String(index)]
    const add = (message: string, hint?: string) =>
      problems.push({ file, path, message: `"${describePromise(promise)}" ${message}`, ...(hint ? { hint } : {}) })
    if ('of' in promise && promise.of !== undefined) {
      const mix = Object.keys(scenario.load?.mix ?? {}).map(normalKey)
      if (!mix.includes(normalKey(promise.of)))
        problems.push(unknown(file, path, 'interaction of the mix', promise.of, mix))
    }
    checkBound(promise, add)
    checkPlace(promise, phase, scenario, terms, add)
    if (promise.kind === 'amplification')
      problems.push(...checkAmplification(file, path, promise.edge, scenario, names, add))
    else checkKeepable(promise, phase, scenario, add)
  }
  return problems
}

type Add = (message: string, hint?: string) => void

function checkBound(promise: ScenarioPromise, add: Add): void {
  if (promise.kind === 'share') {
    const allowed = promise.bound === 'atLeast' ? 1 - promise.value : promise.value
    if (!(promise.value >= 0 && promise.value <= 1)) add('is no share', 'a fraction between 0 and 1: 0.99 is 99 %')
    else if (allowed <= 0)
      add(
        'can never be proven from a sample',
        `none('${promise.bound === 'atLeast' ? 'broken' : promise.class}') counts what was observed`,
      )
    else if (allowed >= 1) add('is always kept, so it says nothing')
  } else if (promise.kind === 'latency') {
    if (tryMs(promise.atMost) === undefined) add(`needs a duration, not "${String(promise.atMost)}"`)
    if (!/^p(50|75|90|95|99)$/.test(promise.quantile))
      add(`knows no quantile "${String(promise.quantile)}"`, 'p50, p75, p90, p95 or p99')
  } else if (promise.kind === 'recovers') {
    if (tryMs(promise.within) === undefined) add(`needs a duration, not "${String(promise.within)}"`)
  } else if (promise.kind === 'amplification' && !(promise.atMost > 0)) {
    add('needs a factor above 0')
  }
}

function checkPlace(promise: ScenarioPromise, phase: Phase, scenario: Scenario, terms: Terms, add: Add): void {
  if (promise.kind === 'amplification' && phase !== 'during')
    add(`compares the fault with the time before, so it belongs to "during", not "${phase}"`)
  if (promise.kind !== 'recovers') return
  if (phase !== 'after') {
    add(`belongs to "after", not "${phase}"`)
    return
  }
  const within = tryMs(promise.within) ?? 0
  const after = scenario.phases?.after === undefined ? undefined : tryMs(scenario.phases.after)
  if (after !== undefined && after <= within)
    add(`cannot be seen in an "after" of ${scenario.phases?.after}`, 'lengthen phases.after')
  for (const interaction of terms.interactions) {
    const inMix = Object.keys(scenario.load?.mix ?? {}).some((key) => normalKey(key) === interaction.key)
    if (inMix && interaction.recoversMs > within) {
      add(`is shorter than the ${interaction.recoversMs} ms that the contract of "${interaction.key}" allows itself`)
    }
  }
}

function checkAmplification(
  file: string,
  path: string[],
  edge: string,
  scenario: Scenario,
  names: SystemNames,
  add: Add,
): Problem[] {
  const { consumer, provider } = parseEdgeName(edge)
  const known = names.edges.find((each) => each.consumer === consumer && each.provider === provider)
  if (!known)
    return [
      unknown(
        file,
        path,
        'edge',
        edge,
        names.edges.map(({ name }) => name),
      ),
    ]
  if (names.redis.includes(known.provider))
    add('can never be measured: Redis clients pipeline, so commands cannot be counted as turns')
  const hiding = (scenario.faults ?? []).find((fault) => hidesTurns(fault, known))
  if (hiding) {
    const why = hiding.kind === 'timeout' ? 'requests never reach the tap' : 'a refused port counts no requests'
    add(`can never be measured: ${why} under ${hiding.kind}`, 'use timeout(…) downstream or latency(…) for it')
  }
  return []
}

function hidesTurns(fault: Fault, edge: { consumer: string; provider: string }): boolean {
  if (fault.kind === 'kill')
    return ('one' in fault.instance ? fault.instance.one : fault.instance.id.split('#')[0]) === edge.provider
  const on = parseEdgeName(fault.on)
  const hit =
    on.provider.split('#')[0] === edge.provider && (on.consumer === undefined || on.consumer === edge.consumer)
  return hit && (fault.kind === 'down' || (fault.kind === 'timeout' && fault.stream === 'upstream'))
}

/** Only where the user fixed the length of the phase; else the plan makes it long enough. */
function checkKeepable(promise: ScenarioPromise, phase: Phase, scenario: Scenario, add: Add): void {
  const length = scenario.phases?.[phase] === undefined ? undefined : tryMs(scenario.phases[phase])
  const load: PhaseLoad = { rate: scenario.load?.rate ?? 0, mix: scenario.load?.mix ?? {}, lengthMs: length ?? 0 }
  const need = needOf(promise, load)
  if (length === undefined || need === null || need.responses >= need.needed) return
  add(
    `can never be kept in ${need.responses} responses: it needs ${need.needed} without a single violation`,
    `lengthen phases.${phase} to ${Math.ceil(need.neededMs / 1000)}s or more, or raise the rate`,
  )
}
