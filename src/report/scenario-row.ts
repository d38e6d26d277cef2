import { phases } from '../scenario/define.ts'
import type { Decision } from './decision.ts'
import { findingsOf, isBreach } from './finding.ts'
import type { Color } from './paint.ts'
import type { ScenarioReport } from './report.ts'

/** A scenario in a line of a table. */
export interface ScenarioRow {
  /** `✔`, `✘` broken, `?` nothing follows, `!` something that the policy lets pass. */
  mark: string
  color: Color
  /** Of how many promises. */
  kept: number
  responses: number
}

export function rowOf(scenario: ScenarioReport, decision: Decision | null): ScenarioRow {
  const { promises, counts } = scenario
  const kept = promises.filter(({ status }) => status === 'kept').length
  const responses = phases.flatMap((phase) => Object.values(counts[phase])).reduce((sum, count) => sum + count, 0)
  return { ...markOf(scenario, decision), kept, responses }
}

function markOf(scenario: ScenarioReport, decision: Decision | null): { mark: string; color: Color } {
  const findings = findingsOf(scenario, decision)
  const counting = findings.filter(({ excuse }) => excuse === null)
  if (counting.some(isBreach)) return { mark: '✘', color: 'red' }
  if (counting.length > 0) return { mark: '?', color: 'yellow' }
  return findings.length > 0 ? { mark: '!', color: 'yellow' } : { mark: '✔', color: 'green' }
}
