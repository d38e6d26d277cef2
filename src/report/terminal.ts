import { formatMs } from '../core/duration.ts'
import { phases } from '../scenario/define.ts'
import { renderFinding } from './finding.ts'
import { type Paint, plain } from './paint.ts'
import type { Report, ScenarioReport } from './report.ts'
import { table } from './table.ts'

/** The verdict table, each finding with its evidence, and the decision. */
export function renderTerminal(report: Report, paint: Paint = plain): string {
  const { scenarios } = report
  const parts = [
    renderHead(report, paint),
    table(
      ['', 'scenario', 'fault', 'verdict', 'promises', 'responses'],
      [
        ...scenarios.map((scenario) => renderRow(scenario, paint)),
        ...report.notPlayed.map(({ name }) => ['·', name, '', 'not played', '', '']),
      ],
    ),
    ...scenarios.filter(needsWords).map((scenario) => renderFinding(scenario, paint)),
    renderGaps(scenarios),
    renderDecision(report, paint),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function renderHead({ run }: Report, paint: Paint): string {
  const variants = run.variants.length > 0 ? ` · variant ${run.variants.join(', ')}` : ''
  const lines = [
    `${paint('bold', `Brownout ${run.brownout}`)} · ${run.system} · ${run.engines} engines · seed ${run.seed}${variants}`,
    run.parts.map(({ role, name, version }) => `${role}: ${name} ${version}`).join(' · '),
    ...run.parts.flatMap(({ note }) => (note ? [paint('yellow', `note: ${note}`)] : [])),
  ]
  return lines.filter(Boolean).join('\n')
}

function renderRow(scenario: ScenarioReport, paint: Paint): string[] {
  const { word, promises } = scenario
  const count = (status: string) => promises.filter((promise) => promise.status === status).length
  const statuses = ['kept', 'broken', 'undecided']
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status}`)
  const responses = phases.reduce(
    (sum, phase) => sum + Object.values(scenario.counts[phase]).reduce((total, value) => total + value, 0),
    0,
  )
  const good = word !== 'broken' && word !== 'never recovered' && word !== 'inconclusive' && count('broken') === 0
  const [mark, color] = good
    ? (['✔', 'green'] as const)
    : word === 'inconclusive' && count('broken') === 0
      ? (['?', 'yellow'] as const)
      : (['✘', 'red'] as const)
  return [
    paint(color, mark),
    scenario.name,
    scenario.faults.join(', '),
    paint(color, word),
    statuses.join(' · '),
    String(responses),
  ]
}

function needsWords({ promises, doubts, deaths }: ScenarioReport): boolean {
  return doubts.length > 0 || deaths.length > 0 || promises.some(({ status }) => status !== 'kept')
}

function renderGaps(scenarios: ScenarioReport[]): string {
  const gaps = new Set(
    scenarios.flatMap((scenario) =>
      scenario.gaps.map(({ interaction, condition }) => `  ${interaction} · ${condition}`),
    ),
  )
  return gaps.size === 0
    ? ''
    : ['Undeclared: nobody said what holds here, so the normal half was demanded.', ...gaps].join('\n')
}

function renderDecision({ decision, run }: Report, paint: Paint): string {
  const took = `took ${formatMs(run.tookMs)}`
  if (!decision) return took
  const { ship, exitCode, reasons } = decision
  const shown = reasons.slice(0, 6).map((reason) => `  ${reason}`)
  const more = reasons.length > 6 ? [`  and ${reasons.length - 6} more`] : []
  const word = ship ? paint('green', 'SHIP') : paint('red', "DON'T SHIP")
  const { hint, stack } = run.endedBy ?? {}
  const help = [
    ...(hint ? [`  hint: ${hint}`] : []),
    ...(stack ? ['This is a bug in Brownout, please report it:', stack] : []),
  ]
  return [`${paint('bold', word)} · exit ${exitCode} · ${took}`, ...shown, ...more, ...help].join('\n')
}
