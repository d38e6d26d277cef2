import type { Problem } from '../core/errors.ts'
import { formatProblems } from '../core/place.ts'
import { brokenText } from '../mock/condition.ts'
import { controlPath } from '../mock/control.ts'
import { explanationText } from '../mock/explain.ts'
import type { Mock, Situation } from '../mock/mock.ts'
import type { Answered } from '../mock/server.ts'

const shownInteractions = 40

/** What a mock answers, and under which conditions. `keys`: whether numbers choose one. */
export function renderMock(url: string, { stubs, conditions, states }: Mock, keys: boolean): string {
  const ofPairs = Map.groupBy(stubs, ({ pair }) => pair)
  const listed = [...ofPairs].flatMap(([pair, own]) => {
    const byName = Map.groupBy(own, ({ interaction }) => interaction)
    const lines = [...byName].map(([name, [first]]) => `  ${name}: ${first?.request.method} ${first?.request.path}`)
    const more = lines.length - shownInteractions
    return [pair, ...lines.slice(0, shownInteractions), ...(more > 0 ? [`  and ${more} more`] : [])]
  })
  const named = (title: string, names: readonly string[]) => (names.length === 0 ? [] : [`${title}:`, ...names])
  const numbered = conditions.map((one, index) => `${String(index + 1).padStart(3)}  ${brokenText(one)}`)
  const how = keys ? 'their number chooses one, 0 none, q ends' : `PUT one to ${url}${controlPath}condition`
  return [
    `answers at ${url}; Ctrl-C ends it`,
    ...listed,
    ...named(`conditions (${how})`, numbered),
    ...named(
      `states (PUT one to ${url}${controlPath}state)`,
      states.map((state) => `     ${state}`),
    ),
    '',
  ].join('\n')
}

export function renderSituation({ broken, state }: Situation): string {
  const conditions = broken.length === 0 ? 'nothing is broken' : broken.map(brokenText).join(', ')
  return `in force: ${conditions}${state === null ? '' : `; state: ${state}`}\n`
}

/** One line for each request; the mismatches of one that nothing answers follow on their own. */
export function renderAnswered({ method, target, status, by }: Answered): string {
  if ('half' in by) return `${method} ${target} ${status}  ${by.half}\n`
  return `${method} ${target} ${status}  ${explanationText(by.explanation)}\n`
}

export function renderNotes(notes: readonly Problem[]): string {
  return notes.length === 0 ? '' : `to note:\n${formatProblems(notes)}\n`
}
