import type { Matter } from './decision.ts'
import { renderMarkdownCoverage } from './markdown-coverage.ts'
import { renderMarkdownFindings } from './markdown-findings.ts'
import { byteLength, fitted, inline, markdownRow } from './markdown-text.ts'
import { oneLine, printable } from './printable.ts'
import type { Report } from './report.ts'
import { rowOf } from './scenario-row.ts'
import { tookText } from './took.ts'

/** GitHub takes 65,536 characters. */
const mostBytes = 60_000
/** What each part may take of it; findings take what is left. */
const shares = {
  reasons: 4_000,
  scenarios: 12_000,
  notes: 2_000,
  comparison: 5_000,
  waived: 6_000,
  warnings: 4_000,
  coverage: 12_000,
}

/** For a pull request: the decision, a table, what changed, findings and coverage in folds. What is cut is counted. */
export function renderMarkdown(given: Report): string {
  const report = printable(given)
  const { run } = report
  const head = [
    renderDecision(report),
    renderScenarios(report),
    renderList('Notes', notesOf(report), shares.notes),
    renderComparison(report),
    renderList('Waived', waivedLines(report), shares.waived),
    renderList('Warnings', textsOf(report.decision?.warnings), shares.warnings),
  ]
  const tail = [
    renderMarkdownCoverage(report, shares.coverage),
    `<sub>Brownout ${inline(run.brownout)}, run ${inline(run.id)}</sub>`,
  ]
  const used = [...head, ...tail].reduce((sum, part) => sum + byteLength(part) + 2, 0)
  const parts = [...head, renderMarkdownFindings(report, mostBytes - used - 2), ...tail]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function renderDecision({ decision, run, scenarios, word }: Report): string {
  const promises = scenarios.flatMap((scenario) => scenario.promises)
  const counts = (['kept', 'broken', 'undecided'] as const)
    .map((status) => `${promises.filter((promise) => promise.status === status).length} ${status}`)
    .join(', ')
  const facts = [
    `${scenarios.length} scenario${scenarios.length === 1 ? '' : 's'}`,
    `promises: ${counts}`,
    tookText(run),
    `seed ${run.seed}`,
    ...(run.variants.length > 0 ? [`variant ${run.variants.join(', ')}`] : []),
  ]
  const system = inline(oneLine(run.system))
  const [first = '', ...others] = textsOf(decision?.reasons)
  const headline = !decision
    ? `## ${system}: ${word}`
    : `## ${decision.ship ? '✔ Ship' : "✘ Don't ship"} ${system}: ${inline(oneLine(first, 300))}`
  return [headline, inline(oneLine(facts.join(' · '), 600)), renderList('Also', others, shares.reasons)]
    .filter(Boolean)
    .join('\n\n')
}

function renderScenarios({ scenarios, notPlayed, decision }: Report): string {
  const rows = [
    ...scenarios.map((scenario) => {
      const { mark, kept, responses } = rowOf(scenario, decision)
      const { name, faults, word, promises } = scenario
      return [
        mark,
        inline(oneLine(name)),
        word,
        `${kept} of ${promises.length}`,
        String(responses),
        inline(oneLine(faults.join(', '), 200)),
      ]
    }),
    ...notPlayed.map(({ name }) => ['·', inline(oneLine(name)), 'not played', '', '', '']),
  ].map(markdownRow)
  const head = ['', 'scenario', 'verdict', 'kept', 'responses', 'fault']
  return [
    markdownRow(head),
    markdownRow(head.map(() => '---')),
    ...fitted(rows, shares.scenarios, (more) => markdownRow(['', `and ${more} more in report.json`, '', '', '', ''])),
  ].join('\n')
}

function renderComparison({ comparison }: Report): string {
  if (comparison === null) return ''
  const { against, newlyBroken, newlyKept, newlyUndecided, added, removed } = comparison
  const changes = [
    ...newlyBroken.map((what) => `newly broken: ${what}`),
    ...newlyKept.map((what) => `newly kept: ${what}`),
    ...newlyUndecided.map((what) => `newly undecided: ${what}`),
    ...added.map((what) => `new: ${what}`),
    ...removed.map((what) => `gone: ${what}`),
  ]
  return (
    renderList(`Against ${against}`, changes, shares.comparison) || `**Against ${inline(against)}**: nothing changed`
  )
}

function notesOf({ scenarios }: Report): string[] {
  return scenarios.flatMap(({ name, notes = [] }) => notes.map((note) => `${name}: ${note}`))
}

function waivedLines({ decision }: Report): string[] {
  return (decision?.waived ?? []).map(
    ({ text, owner, reason, expires }) => `${text} (by ${owner} until ${expires}: ${reason})`,
  )
}

function textsOf(matters: readonly Matter[] = []): string[] {
  return matters.map(({ text }) => text)
}

/** Texts as they are, one a line; nothing when there are none. */
function renderList(title: string, texts: readonly string[], bytes: number): string {
  if (texts.length === 0) return ''
  const lines = texts.map((text) => `- ${inline(oneLine(text, 400))}`)
  return `**${inline(oneLine(title))}**\n\n${fitted(lines, bytes, (more) => `- and ${more} more in report.json`).join('\n')}`
}
