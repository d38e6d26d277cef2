import { formatMs } from '../core/duration.ts'
import type { Evidence } from '../load/workload.ts'
import type { LogLine } from '../record/log-lines.ts'
import { logText } from './log-text.ts'
import { oneLine } from './printable.ts'
import type { ScenarioReport } from './report.ts'

/** A line of what there is to see; lines without a label belong to the one above. */
export interface ExhibitLine {
  label: string
  text: string
}

/** A broken response, what was wanted instead, and what the services logged about it. */
export function exhibitOf(evidence: Evidence, logs: readonly LogLine[]): ExhibitLine[] {
  const { request, response, error, took, requestId, wanted } = evidence
  const got = response ? `${response.status} ${oneLine(response.body)}` : `no answer (${error ?? 'none'})`
  return [
    { label: 'first', text: `${request.method} ${request.url} → ${got} after ${formatMs(took)}` },
    ...wanted.map(({ half, issues }) => ({
      label: 'wanted',
      text: oneLine(`${half}: ${issues.slice(0, 3).join('; ')}`, 400),
    })),
    logs.length > 0
      ? { label: 'log', text: `of request ${requestId}` }
      : { label: 'request', text: `${requestId}: no service logged it` },
    ...logs
      .slice(0, 8)
      .map(({ instance, text }) => ({ label: '', text: `${instance}: ${oneLine(logText(text), 300)}` })),
  ]
}

/** The first evidence there is against a scenario. */
export function firstEvidence({ promises, firstBroken }: ScenarioReport): Evidence | undefined {
  return promises.find(({ status, evidence }) => status === 'broken' && evidence)?.evidence ?? firstBroken[0]
}
