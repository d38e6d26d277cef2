import { formatMs } from '../core/duration.ts'
import type { Target } from '../run/blast-radius.ts'
import type { Plan, PlannedScenario } from '../run/plan.ts'
import type { PlannedScript } from '../run/plan-script.ts'
import { phases } from '../scenario/define.ts'
import { formatAddress } from '../system/topology.ts'

/** What would happen, for machines. Environments may hold secrets and are left out. */
export function planJson(plan: Plan): string {
  const instances = plan.topology.instances.map((instance) => ({ ...instance, env: undefined }))
  const scenarios = plan.scenarios.map(({ script, ...scenario }) => ({
    ...scenario,
    script: script && { ...script, env: undefined },
  }))
  return `${JSON.stringify({ ...plan, scenarios, topology: { ...plan.topology, instances } }, null, 2)}\n`
}

/** What would happen, for people. */
export function renderPlan(plan: Plan, targets: readonly Target[]): string {
  const { topology, scenarios, seed, variants } = plan
  const head = `${topology.name} · seed ${seed}${variants.length > 0 ? ` · variant ${variants.join(', ')}` : ''}`
  return [
    head,
    'instances',
    ...topology.instances.map(({ id, host, port }) => `  ${id.padEnd(16)}${host}:${port}`),
    'edges (consumer → proxy → tap → provider)',
    ...topology.edges.map(
      ({ id, proxy, tap, upstream }) => `  ${id.padEnd(28)}${[proxy, tap, upstream].map(formatAddress).join(' → ')}`,
    ),
    renderTargets(targets).trimEnd(),
    ...scenarios.map(renderScenario),
    `baseline ${formatMs(plan.baselineMs)}, ${scenarios.length} scenarios; ${formatMs(plan.totalMs)} in all${describeLongest(plan)}, and the time to start and stop`,
    '',
  ].join('\n')
}

export function renderTargets(targets: readonly Target[]): string {
  const width = Math.max(34, ...targets.map(({ what }) => what.length + 2))
  const lines = targets.map(({ what, address }) => `  ${what.padEnd(width)}${address.replace(' ', ' → ')}`)
  return ['targets (loopback only)', ...lines, ''].join('\n')
}

function describeLongest({ totalMs, longestMs }: Plan): string {
  return longestMs > totalMs ? ` (at most ${formatMs(longestMs)}, while promises are undecided)` : ''
}

function renderScenario(scenario: PlannedScenario): string {
  const { name, title, script, faults, looks, needs, warnings } = scenario
  const lines = [
    `${name}: ${title}`,
    ...(script === null ? [renderLoad(scenario)] : renderScript(script, scenario)),
    ...faults.map(({ text, edges }) => `  fault   ${text}${edges.length > 0 ? ` on ${edges.join(', ')}` : ''}`),
    ...phases.flatMap((phase) => [
      `  ${phase.padEnd(8)}${looks[phase].map(formatMs).join(', if undecided ')}`,
      ...(phase === 'during' ? renderTimeline(scenario) : []),
      ...needs
        .filter((need) => need.phase === phase)
        .map(({ text, need }) => `            ${text}${need === null ? '' : describeNeed(need)}`),
    ]),
    ...warnings.map((warning) => `  warning ${warning}`),
  ]
  return lines.join('\n')
}

function renderLoad({ rate, interactions, timeoutMs }: PlannedScenario): string {
  const total = interactions.reduce((sum, { weight }) => sum + weight, 0)
  const mix = interactions.map(({ key, weight }) => `${Math.round((weight / total) * 100)} % ${key}`)
  return `  load    ${rate}/s, time-out ${formatMs(timeoutMs)}: ${mix.join(', ')}`
}

function renderScript(
  { name, addresses, thresholds, facts }: PlannedScript,
  { interactions }: PlannedScenario,
): string[] {
  const told = addresses.map((each) => `${each.name} ${each.address}`).join(', ')
  const sends =
    facts === null
      ? `its schedule${thresholds ? ' and thresholds are' : ' is'} not known: there is no k6 to ask`
      : `sends for ${formatMs(facts.sendsMs)}, ends after ${formatMs(facts.endsMs)} at most, with up to ${facts.virtualUsers} virtual users`
  const tags =
    interactions.length === 0 ? 'no interaction is tagged' : `tags ${interactions.map(({ key }) => key).join(', ')}`
  return [`  load    k6 ${name} (${told})`, `          ${sends}`, `          ${tags}`]
}

/** When what comes and goes, counted from the beginning of the phase. */
function renderTimeline({ timeline, faults }: PlannedScenario): string[] {
  const textOf = (id: string) => faults.find((fault) => fault.id === id)?.text ?? id
  return timeline.map(
    ({ atMs, what, fault }) =>
      `            ${formatMs(atMs).padEnd(8)}${textOf(fault)} ${what === 'inject' ? 'comes' : 'goes'}`,
  )
}

function describeNeed({ responses, needed, tolerated }: NonNullable<PlannedScenario['needs'][number]['need']>): string {
  return `: ${responses} responses; kept from ${needed} without a violation, with ${Math.max(0, tolerated)} violations at ${responses}`
}
