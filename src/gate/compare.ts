import type { Comparison, Report } from '../report/report.ts'
import type { PromiseStatus } from '../verdict/verdict.ts'

/** What changed from one run to a later one. What a run was to play and did not come to is neither new nor gone. */
export function compare(earlier: Report, now: Report): Comparison {
  const before = promisesOf(earlier)
  const after = promisesOf(now)
  const newly = (status: PromiseStatus) =>
    [...after].filter(([name, is]) => is === status && (before.get(name) ?? status) !== status).map(([name]) => name)
  return {
    against: earlier.run.id,
    newlyBroken: newly('broken'),
    newlyKept: newly('kept'),
    newlyUndecided: newly('undecided'),
    added: missingIn(earlier, now),
    removed: missingIn(now, earlier),
  }
}

/** An earlier report cut down to the scenarios that a later run was to play: the others were not asked about. */
export function partFor(earlier: Report, now: Report): Report {
  const asked = new Set(namesOf(now))
  const isAsked = ({ name }: { name: string }) => asked.has(name)
  return {
    ...earlier,
    scenarios: earlier.scenarios.filter(isAsked),
    notPlayed: earlier.notPlayed.filter(isAsked),
  }
}

/** By `'scenario: phase: text'`, as reasons name them. */
export function promisesOf({ scenarios }: Pick<Report, 'scenarios'>): Map<string, PromiseStatus> {
  return new Map(
    scenarios.flatMap(({ name, promises }) =>
      promises.map(({ phase, text, status }) => [`${name}: ${phase}: ${text}`, status] as const),
    ),
  )
}

/** Scenarios of `mine` that the other does not know, and, of those that both played, promises. */
function missingIn(other: Report, mine: Report): string[] {
  const known = new Set(namesOf(other))
  const played = new Set(other.scenarios.map(({ name }) => name))
  const promises = promisesOf(other)
  const shared = promisesOf({ scenarios: mine.scenarios.filter(({ name }) => played.has(name)) })
  return [
    ...namesOf(mine).filter((name) => !known.has(name)),
    ...[...shared.keys()].filter((promise) => !promises.has(promise)),
  ]
}

function namesOf({ scenarios, notPlayed }: Report): string[] {
  return [...scenarios, ...notPlayed].map(({ name }) => name)
}
