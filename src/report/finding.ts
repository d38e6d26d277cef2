import type { PromiseVerdict } from '../verdict/verdict.ts'
import { type Decision, excuseOf, speaksOf } from './decision.ts'
import { about, describeGap, nothingProven, wholeDoubts } from './matters.ts'
import type { ScenarioReport } from './report.ts'

/** One thing that is not well about a scenario. */
export interface Finding {
  kind: 'broken' | 'died' | 'undeclared' | 'doubt' | 'undecided' | 'unproven'
  /** `'during: share of broken at most 5 %'` of a promise, else the sentence itself. */
  text: string
  /** Why; `null` where the text says it all. */
  reason: string | null
  promise: PromiseVerdict | null
  /** Why it does not count: what the policy says of it; `null` when it counts. */
  excuse: string | null
}

/** All that is not well. What nobody declared, and that nothing is proven, are findings where the decision speaks of them. */
export function findingsOf(scenario: ScenarioReport, decision: Decision | null): Finding[] {
  const doubts = wholeDoubts(scenario)
  const ofWhole = (kind: Exclude<Finding['kind'], 'broken' | 'undecided'>, texts: readonly string[]): Finding[] => {
    const excuse = excuseOf(about(kind, scenario), decision)
    return texts.map((text) => ({ kind, text, reason: null, promise: null, excuse }))
  }
  const ofPromises = (kind: 'broken' | 'undecided'): Finding[] =>
    scenario.promises
      .filter(({ status }) => status === kind)
      .map((promise) => {
        const { phase, text, reason } = promise
        // A doubt about the whole scenario speaks for all that is undecided because of it.
        const isDoubted = kind === 'undecided' && doubts.length > 0
        const matter = isDoubted ? about('doubt', scenario) : { ...about(kind, scenario), phase, promise: text }
        return { kind, text: `${phase}: ${text}`, reason, promise, excuse: excuseOf(matter, decision) }
      })
  const isSaid = (kind: 'undeclared' | 'unproven') => decision !== null && speaksOf(decision, kind, scenario.name)
  return [
    ...ofPromises('broken'),
    ...ofWhole(
      'died',
      scenario.deaths.map(({ text }) => text),
    ),
    ...ofWhole('undeclared', isSaid('undeclared') ? scenario.gaps.map(describeGap) : []),
    ...ofWhole('doubt', doubts),
    ...ofPromises('undecided'),
    ...ofWhole('unproven', isSaid('unproven') ? [nothingProven] : []),
  ]
}

/** Whether it was seen to be wrong, and not only not seen to be right. */
export function isBreach({ kind }: Finding): boolean {
  return kind === 'broken' || kind === 'died' || kind === 'undeclared'
}
