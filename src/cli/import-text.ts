import type { Problem } from '../core/errors.ts'
import { formatProblems } from '../core/place.ts'
import type { Imported } from './import-pacts.ts'

/** File by file what was read, what is not carried over and what is wrong; at the end, how many could be read. */
export function renderImported(pacts: readonly Imported[]): string {
  const sound = pacts.filter(({ problems }) => problems.length === 0).length
  const ending =
    sound === pacts.length ? `${count(sound, 'pact')} read` : `${sound} of ${count(pacts.length, 'pact')} read`
  return `${[...pacts.map(renderOne), ending].join('\n\n')}\n`
}

function renderOne({ file, version, consumer, provider, written, ...pact }: Imported): string {
  const counts = [count(pact.interactions, 'interaction'), count(pact.messages, 'message')]
  const said =
    consumer === null ? [] : [`${consumer} → ${provider}`, counts.filter((one) => !one.startsWith('0 ')).join(', ')]
  const lines = [
    [file, ...(version === null ? [] : [`Pact V${version}`]), ...said].join('  '),
    ...(written === null ? [] : [`  written to ${written}`]),
    ...list('to note', pact.notes),
    ...list('wrong', pact.problems),
  ]
  return lines.join('\n')
}

function list(title: string, problems: readonly Problem[]): string[] {
  if (problems.length === 0) return []
  const text = formatProblems(alike(problems))
  return [`  ${title}:`, ...text.split('\n').map((line) => `    ${line}`)]
}

/** Of problems that say the same of one interaction after the other, the first, and how many more there are. */
function alike(problems: readonly Problem[]): Problem[] {
  const kinds = Map.groupBy(problems, ({ path, message, hint }) =>
    JSON.stringify([path.map((step) => (/^\d+$/.test(step) ? '' : step)), message, hint]),
  )
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (!first) return []
    const { path, line, message, hint } = first
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`
    return [{ path, message: `${lineText(line)}${message}${more}`, ...(hint === undefined ? {} : { hint }) }]
  })
}

function lineText(line: number | undefined): string {
  return line === undefined ? '' : `line ${line}: `
}

function count(number: number, what: string): string {
  return number === 1 ? `1 ${what}` : `${number} ${what}s`
}
