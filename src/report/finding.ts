import { doubtAbout } from '../verdict/doubts.ts'
import type { PromiseVerdict } from '../verdict/verdict.ts'
import type { Decision, ScenarioReport } from './report.ts'

/** One thing that is not well about a scenario. */
export interface Finding {
  kind: 'broken' | 'undecided' | 'died' | 'doubt'
  /** `'during: share of broken at most 5 %'` of a promise, else the sentence itself. */
  text: string
  /** Why; `null` where the text says it all. */
  reason: string | null
  promise: PromiseVerdict | null
  /** Why it does not count: what the policy says of it; `null` when it counts. */
  excuse: string | null
}

/** All that is not well: broken promises, deaths, doubts, and promises that are undecided. */
export function findingsOf(scenario: ScenarioReport, decision: Decision | null): Finding[] {
  const { name, promises, deaths } = scenario
  const doubts = wholeDoubts(scenario)
  const excuse = (text: string) => excuseOf(`${name}: ${text}`, decision)
  const ofPromises = (kind: 'broken' | 'undecided', excuseFor: (text: string) => string | null): Finding[] =>
    promises
      .filter(({ status }) => status === kind)
      .map((promise) => {
        const text = `${promise.phase}: ${promise.text}`
        return { kind, text, reason: promise.reason, promise, excuse: excuseFor(text) }
      })
  // The first doubt about the whole scenario speaks for the others, and for all that is undecided because of it.
  const ofDoubts = doubts[0] === undefined ? null : excuse(doubts[0])
  const whole = (text: string) => ({ text, reason: null, promise: null })
  return [
    ...ofPromises('broken', excuse),
    ...deaths.map(({ text }) => ({ kind: 'died' as const, ...whole(text), excuse: excuse(text) })),
    ...doubts.map((text) => ({ kind: 'doubt' as const, ...whole(text), excuse: ofDoubts })),
    ...ofPromises('undecided', (text) => (doubts.length > 0 ? ofDoubts : excuse(`${text} is undecided`))),
  ]
}

/** Doubts that are not about a single promise: those speak for themselves. */
export function wholeDoubts({ doubts, promises }: Pick<ScenarioReport, 'doubts' | 'promises'>): string[] {
  return doubts.filter((doubt) => !promises.some(({ text }) => doubt.startsWith(doubtAbout(text))))
}

/** What lets a sentence pass that would else be a reason not to ship. */
export function excuseOf(sentence: string, decision: Decision | null): string | null {
  const waiver = decision?.waived.find(({ what }) => what === sentence)
  if (waiver) return `waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}`
  return decision?.warnings.includes(sentence) ? 'the policy only warns of it' : null
}
