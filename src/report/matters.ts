import { doubtAbout } from '../verdict/doubts.ts'
import type { Gap } from '../verdict/verdict.ts'
import type { Matter } from './decision.ts'
import type { Report, ScenarioReport } from './report.ts'

export const nothingProven = 'no promise was decided, so nothing is proven'

/** All that a scenario has against it. The first doubt about the whole of it speaks for all of its promises. */
export function mattersOf(scenario: ScenarioReport): Matter[] {
  const { promises, deaths, gaps } = scenario
  const whole = (kind: Matter['kind'], text: string): Matter => ({
    ...about(kind, scenario),
    text: `${scenario.name}: ${text}`,
  })
  const ofPromises = (kind: 'broken' | 'undecided', more = ''): Matter[] =>
    promises
      .filter(({ status }) => status === kind)
      .map(({ phase, text }) => ({ ...whole(kind, `${phase}: ${text}${more}`), phase, promise: text }))
  const [doubt] = wholeDoubts(scenario)
  return [
    ...ofPromises('broken'),
    ...deaths.map(({ text }) => whole('died', text)),
    ...(doubt === undefined ? ofPromises('undecided', ' is undecided') : [whole('doubt', doubt)]),
    ...gaps.map((gap) => whole('undeclared', describeGap(gap))),
  ]
}

/** Doubts that are not about a single promise: those speak for themselves. */
export function wholeDoubts({ doubts, promises }: Pick<ScenarioReport, 'doubts' | 'promises'>): string[] {
  return doubts.filter((doubt) => !promises.some(({ text }) => doubt.startsWith(doubtAbout(text))))
}

export function describeGap({ interaction, condition }: Gap): string {
  return `nobody declared what holds for "${interaction}" under "${condition}"`
}

/** Faults that may remain, and what ended the run before its plan did: no policy lets them pass. */
export function endsOf({ run }: Report): Matter[] {
  const { faultsLeft, endedBy, tookMs } = run
  return [
    ...faultsLeft.map((fault) => ({ ...about('fault left'), text: `${fault} may still be in force` })),
    ...(endedBy ? [{ ...about('ended early'), text: `the run ended early: ${endedBy.message}` }] : []),
    ...(tookMs === null ? [{ ...about('not ended'), text: 'the run has not ended, or was killed' }] : []),
  ]
}

export function notPlayedOf({ notPlayed }: Report): (Matter & { scenario: string })[] {
  return notPlayed.map(({ name }) => ({
    ...about('not played'),
    scenario: name,
    text: `${name} was not played`,
  }))
}

/** What a matter is about that is not about one promise. */
export function about(kind: Matter['kind'], scenario?: { name: string }): Omit<Matter, 'text'> {
  return { kind, scenario: scenario?.name ?? null, phase: null, promise: null }
}
