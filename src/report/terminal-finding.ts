import type { Decision } from './decision.ts'
import { type ExhibitLine, exhibitOf, firstEvidence } from './exhibit.ts'
import { type Finding, findingsOf, isBreach } from './finding.ts'
import { hang, labelled, type Page } from './page.ts'
import { oneLine } from './printable.ts'
import type { ScenarioReport } from './report.ts'

/** One scenario that is not simply well: what is not, the first broken response, its log, the replay. */
export function renderFindings(scenario: ScenarioReport, decision: Decision | null, page: Page): string {
  const findings = findingsOf(scenario, decision)
  const isDoubtful = findings.some(({ kind }) => kind === 'doubt')
  const evidence = firstEvidence(scenario)
  return [
    hang(page, '', { text: `${scenario.name}: ${scenario.title}`, color: 'bold' }),
    ...scenario.faults.map((fault) => labelled(page, 'fault', fault)),
    // A doubt about the whole scenario says it for all of its promises.
    ...findings
      .filter(({ kind }) => kind !== 'undecided' || !isDoubtful)
      .map((finding) => renderFinding(finding, page)),
    ...(evidence
      ? exhibitOf(evidence, scenario.logs[evidence.requestId] ?? []).map((line) => renderLine(line, page))
      : []),
    // To be copied, so it stays on one line.
    `  replay     ${oneLine(scenario.replay, Infinity)}`,
  ].join('\n')
}

function renderFinding(finding: Finding, page: Page): string {
  const { kind, text, reason, excuse } = finding
  const color = excuse === null && isBreach(finding) ? 'red' : 'yellow'
  return [
    labelled(page, { text: kind, color }, text),
    ...[reason, excuse].flatMap((why) => (why === null ? [] : [labelled(page, '', { text: why, color: 'dim' })])),
  ].join('\n')
}

function renderLine({ label, text }: ExhibitLine, page: Page): string {
  return label === '' ? hang(page, '    ', { text, color: 'dim' }) : labelled(page, label, text)
}
