import { hang, type Page, pageOf } from './page.ts'
import { printable } from './printable.ts'
import type { Report } from './report.ts'
import { rowOf } from './scenario-row.ts'
import { table } from './table.ts'
import { renderCoverage } from './terminal-coverage.ts'
import { renderFindings } from './terminal-finding.ts'
import { renderComparison, renderNotes, renderWaived, renderWarnings } from './terminal-standing.ts'
import { tookText } from './took.ts'

/**
 * The verdict table, each finding with its evidence, coverage and the decision. `quiet`: only what is not well, and the
 * decision; one line when all is.
 */
export function renderTerminal(given: Report, page: Page = pageOf(80), { quiet = false } = {}): string {
  const report = printable(given)
  const { scenarios, comparison, decision } = report
  const parts = [
    ...(quiet
      ? []
      : [
          renderHead(report, page),
          renderScenarios(report, page),
          renderNotes(scenarios, page),
          renderComparison(comparison, page),
        ]),
    ...scenarios
      .filter((scenario) => rowOf(scenario, decision).mark !== '✔')
      .map((scenario) => renderFindings(scenario, decision, page)),
    ...(quiet ? [] : [renderCoverage(report, page)]),
    renderWaived(decision, page),
    renderWarnings(decision, page),
    renderDecision(report, page, quiet),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function renderHead({ run }: Report, page: Page): string {
  const variants = run.variants.length > 0 ? ` · variant ${run.variants.join(', ')}` : ''
  const head = ` · ${run.system} · ${run.engines} engines · seed ${run.seed}${variants}`
  const parts = run.parts.map(({ role, name, version }) => `${role}: ${name} ${version}`).join(' · ')
  return [
    hang(page, { text: `Brownout ${run.brownout}`, color: 'bold' }, head),
    ...(parts === '' ? [] : [hang(page, '', parts)]),
    ...run.parts.flatMap(({ note }) => (note ? [hang(page, '', { text: `note: ${note}`, color: 'yellow' })] : [])),
  ].join('\n')
}

function renderScenarios({ scenarios, notPlayed, decision }: Report, page: Page): string {
  return table(
    ['', 'scenario', 'fault', 'verdict', 'kept'],
    [
      ...scenarios.map((scenario) => {
        const { mark, color, kept } = rowOf(scenario, decision)
        const { name, faults, word, promises } = scenario
        return [{ text: mark, color }, name, faults.join(', '), { text: word, color }, `${kept} of ${promises.length}`]
      }),
      ...notPlayed.map(({ name }) => ['·', name, '', 'not played', '']),
    ],
    page,
  )
}

const mostReasons = 6

function renderDecision({ decision, run, scenarios }: Report, page: Page, quiet: boolean): string {
  const responses = scenarios.reduce((sum, scenario) => sum + rowOf(scenario, decision).responses, 0)
  const took = `${responses} responses · ${tookText(run)}`
  if (!decision) return took
  const { ship, exitCode, reasons, waived } = decision
  const word = ship ? page.paint('green', 'SHIP') : page.paint('red', "DON'T SHIP")
  // Quiet and well, it is one line, which must then say what it speaks of.
  const isAll = quiet && ship && waived.length === 0
  const what = isAll ? ` · ${run.system}, ${scenarios.length} scenario${scenarios.length === 1 ? '' : 's'}` : ''
  const head = hang(page, { text: word, color: 'bold' }, ` · exit ${exitCode} · ${took}${what}`)
  if (isAll) return head
  const more = reasons.length - mostReasons
  const { hint, stack } = run.endedBy ?? {}
  return [
    head,
    ...reasons.slice(0, mostReasons).map(({ text }) => hang(page, '  ', text)),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(hint ? [hang(page, '  hint: ', hint)] : []),
    ...(stack ? ['This is a bug in Brownout, please report it:', hang(page, '', stack)] : []),
  ].join('\n')
}
