import { formatMs } from '../core/duration.ts'
import type { Evidence } from '../load/workload.ts'
import type { PromiseVerdict } from '../verdict/verdict.ts'
import type { Paint } from './paint.ts'
import type { ScenarioReport } from './report.ts'

/** One scenario that is not simply well: promises with reasons, the first broken response, its log, the replay. */
export function renderFinding(scenario: ScenarioReport, paint: Paint): string {
  const { promises, doubts, deaths, firstBroken } = scenario
  const broken = promises.filter(({ status }) => status === 'broken')
  const undecided = promises.filter(({ status }) => status === 'undecided')
  const evidence = broken.find((promise) => promise.evidence)?.evidence ?? firstBroken[0]
  const lines = [
    paint('bold', `${scenario.name}: ${scenario.title}`),
    ...scenario.faults.map((fault) => `  fault      ${fault}`),
    ...deaths.map(({ text }) => paint('red', `  died       ${text}`)),
    ...doubts.map((doubt) => paint('yellow', `  doubt      ${doubt}`)),
    ...broken.flatMap((promise) => renderPromise(promise, paint)),
    // A doubt about the whole scenario says it for all of its promises.
    ...(doubts.length > 0 ? [] : undecided.flatMap((promise) => renderPromise(promise, paint))),
    ...(evidence ? renderEvidence(evidence, scenario.logs[evidence.requestId] ?? [], paint) : []),
    `  replay     ${scenario.replay}`,
  ]
  return lines.join('\n')
}

function renderPromise({ phase, text, status, reason }: PromiseVerdict, paint: Paint): string[] {
  return [
    `  ${paint(status === 'broken' ? 'red' : 'yellow', status.padEnd(11))}${phase}: ${text}`,
    `             ${paint('dim', reason)}`,
  ]
}

function renderEvidence(evidence: Evidence, logs: { instance: string; text: string }[], paint: Paint): string[] {
  const { request, response, error, took, requestId, wanted } = evidence
  const got = response ? `${response.status} ${shorten(response.body)}` : `no answer (${error ?? 'none'})`
  return [
    `  first      ${request.method} ${request.url} → ${got} after ${formatMs(took)}`,
    ...wanted.map(({ half, issues }) => `  wanted     ${half}: ${issues.slice(0, 3).join('; ')}`),
    ...(logs.length > 0
      ? [`  log        of request ${requestId}`]
      : [`  request    ${requestId}: no service logged it`]),
    ...logs.slice(0, 8).map(({ instance, text }) => paint('dim', `             ${instance}: ${shorten(text, 300)}`)),
  ]
}

function shorten(text: string, length = 120): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
