import { excuseOf } from './decision.ts'
import { type Finding, findingsOf } from './finding.ts'
import { endsOf, notPlayedOf } from './matters.ts'
import { oneLine, printable } from './printable.ts'
import type { Report, ScenarioReport } from './report.ts'

/** Where a finding is written: a file by its path in the repository, and the line if it is known. */
export interface Place {
  file: string
  line: number | undefined
}

/**
 * Workflow commands of GitHub: an error for each finding, a warning for what the policy lets pass. `placeOf` tells where a
 * promise, or the scenario itself, stands.
 */
export function renderAnnotations(given: Report, placeOf: (file: string, path: readonly string[]) => Place): string {
  const report = printable(given)
  const { scenarios, notPlayed, decision } = report
  const commands = [
    ...endsOf(report).map(({ text }) => command('error', {}, text)),
    ...scenarios.flatMap((scenario) =>
      findingsOf(scenario, decision).map((finding) =>
        command(
          finding.excuse === null ? 'error' : 'warning',
          { ...placeOf(scenario.file, pathOf(finding, scenario)), title: `${scenario.name}: ${finding.text}` },
          [finding.reason ?? finding.text, ...(finding.excuse === null ? [] : [finding.excuse]), scenario.replay].join(
            '\n',
          ),
        ),
      ),
    ),
    ...notPlayedOf(report).map((matter) => {
      const file = notPlayed.find(({ name }) => name === matter.scenario)?.file
      const level = excuseOf(matter, decision) === null ? 'error' : 'warning'
      return command(level, file === undefined ? {} : placeOf(file, []), matter.text)
    }),
  ]
  return commands.join('')
}

/** Where the promise stands in its file. */
function pathOf({ promise }: Finding, { promises }: ScenarioReport): string[] {
  if (promise === null) return []
  const ofPhase = promises.filter(({ phase }) => phase === promise.phase)
  return ['promises', promise.phase, String(ofPhase.indexOf(promise))]
}

function command(
  level: 'error' | 'warning',
  properties: { file?: string; line?: number | undefined; title?: string },
  message: string,
): string {
  const { title, ...place } = properties
  const written = Object.entries({ ...place, title: title === undefined ? undefined : oneLine(title, 200) })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escape(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
    .join(',')
  return `::${level}${written === '' ? '' : ` ${written}`}::${escape(message)}\n`
}

function escape(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
