import type { Decision } from './decision.ts'
import { exhibitOf, firstEvidence } from './exhibit.ts'
import { type Finding, findingsOf } from './finding.ts'
import { codeBlock, fitted, folded, html, inline } from './markdown-text.ts'
import { oneLine } from './printable.ts'
import type { Report, ScenarioReport } from './report.ts'

const mostFindings = 20

/** Each scenario that is not simply well, in a fold. */
export function renderMarkdownFindings({ scenarios, decision }: Report, bytes: number): string {
  const folds = scenarios.flatMap((scenario) => renderScenario(scenario, decision))
  return fitted(
    folds,
    bytes,
    (more) => `Cut to fit: the findings of ${more} more scenarios. They are in report.json.`,
  ).join('\n\n')
}

function renderScenario(scenario: ScenarioReport, decision: Decision | null): string[] {
  const findings = findingsOf(scenario, decision)
  if (findings.length === 0) return []
  const { name, title, word, replay, logs } = scenario
  const evidence = firstEvidence(scenario)
  const exhibit = evidence ? exhibitOf(evidence, logs[evidence.requestId] ?? []) : []
  const shown = exhibit.map(({ label, text }) => `${label.padEnd(9)}${oneLine(text, 600)}`).join('\n')
  const more = findings.length - mostFindings
  const body = [
    [
      ...findings.slice(0, mostFindings).map(renderFinding),
      ...(more > 0 ? [`- and ${more} more in report.json`] : []),
    ].join('\n'),
    ...(shown === '' ? [] : [codeBlock(shown)]),
    codeBlock(replay, 'sh'),
  ].join('\n\n')
  return [folded(`<b>${html(oneLine(name))}</b>: ${html(oneLine(title))} (${word})`, body)]
}

function renderFinding({ kind, text, reason, excuse }: Finding): string {
  const why = [reason, excuse].filter((part) => part !== null).map((part) => inline(oneLine(part, 600)))
  return [`- **${kind}** ${inline(oneLine(text, 400))}`, ...why].join('<br>')
}
