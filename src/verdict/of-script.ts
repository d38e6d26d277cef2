import { formatMs } from '../core/duration.ts'
import type { SampleTable } from '../load/sample.ts'
import type { LoadSummary } from '../load/workload.ts'
import type { ScenarioRecord } from '../record/record.ts'
import { amount, whole } from './figures.ts'

/** The end of a load and that of its scenario are never seen at the same moment, ms. */
const nearMs = 1_000

/** Why nothing follows from what a script of the user's sent; empty when something does, and where no script played. */
export function doubtsOfScript({ script, interactions, load, taps }: ScenarioRecord): string[] {
  if (!script || load === null) return []
  const doubts: string[] = []
  if (interactions.length === 0 && load.requests === 0) doubts.push('the script sent not one request')
  const missingMs = missingOf(load, taps)
  if (missingMs > nearMs && !isByThreshold(load))
    doubts.push(`the script ended ${formatMs(missingMs)} before the scenario did${endOf(load.tool?.exit)}`)
  if (load.tool?.exit.startsWith('exit code 110')) doubts.push('the script marked its test as failed')
  return doubts
}

/** How long before the scenario the script came to its end, ms; not more than 0 when it did not. */
function missingOf({ endedAt }: LoadSummary, taps: ScenarioRecord['taps']): number {
  const end = taps.findLast(({ label }) => label === 'end')?.at ?? endedAt
  return end - endedAt
}

/** A threshold with `abortOnFail` ends the test; that it was crossed is a finding of its own. */
function isByThreshold({ tool }: LoadSummary): boolean {
  return tool?.exit.startsWith('exit code 99') === true
}

function endOf(exit: string | undefined): string {
  return exit === undefined || exit === 'exit code 0' ? '' : ` (${exit})`
}

/** What is to be known of a script that played, beside its promises. */
export function notesOfScript({ script, load, interactions, taps }: ScenarioRecord, samples: SampleTable): string[] {
  if (!script || load === null) return []
  const { requests = 0, tagged = 0, droppedIterations = 0, unknownTags = [], tool } = load
  const missingMs = missingOf(load, taps)
  const untagged = Math.max(0, requests - tagged)
  return [
    ...(untagged > 0
      ? [`${amount(untagged, 'request')} of ${script.file} without the tag of an interaction: left out of all shares`]
      : []),
    ...unknownTags.map((tag) => `${script.file} tags requests with "${tag}", which is none of its interactions`),
    ...(interactions.length > 0 && samples.length === 0 ? [`${script.file} tagged not one request`] : []),
    ...(droppedIterations > 0
      ? [
          `${whole(droppedIterations)} iterations of ${script.file} did not come about: no virtual user was free, or their time was up`,
        ]
      : []),
    ...(missingMs > nearMs && isByThreshold(load)
      ? [`k6 ended ${formatMs(missingMs)} before the scenario did${endOf(tool?.exit)}`]
      : []),
  ]
}
