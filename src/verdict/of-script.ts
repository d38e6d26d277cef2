import { formatMs } from '../core/duration.ts'
import type { SampleTable } from '../load/sample.ts'
import type { ScenarioRecord } from '../record/record.ts'
import { amount, whole } from './figures.ts'

/** The end of a load and that of its scenario are never seen at the same moment, ms. */
const nearMs = 1_000

/** Why nothing follows from what a script of the user's sent; empty when something does, and where no script played. */
export function doubtsOfScript({ script, interactions, load, taps }: ScenarioRecord): string[] {
  if (!script || load === null) return []
  const doubts: string[] = []
  if (interactions.length === 0 && load.requests === 0) doubts.push('the script sent not one request')
  const end = taps.findLast(({ label }) => label === 'end')?.at ?? null
  const missingMs = end === null ? 0 : end - load.endedAt
  const isByThreshold = load.thresholds?.some(({ ok }) => !ok) === true && load.tool?.exit.includes('99') === true
  if (missingMs > nearMs && !isByThreshold)
    doubts.push(`the script ended ${formatMs(missingMs)} before the scenario did${endOf(load.tool?.exit)}`)
  if (load.tool?.exit.includes('110')) doubts.push('the script marked its test as failed')
  return doubts
}

function endOf(exit: string | undefined): string {
  return exit === undefined || exit === 'exit code 0' ? '' : ` (${exit})`
}

/** What is to be known of a script that played, beside its promises. */
export function notesOfScript({ script, load, interactions }: ScenarioRecord, samples: SampleTable): string[] {
  if (!script || load === null) return []
  const { requests, droppedIterations = 0, unknownTags = [], started, tool } = load
  const untagged = requests === undefined ? 0 : Math.max(0, requests - Math.max(started, samples.length))
  return [
    ...(untagged > 0
      ? [`${amount(untagged, 'request')} of ${script.file} without the tag of an interaction: left out of all shares`]
      : []),
    ...unknownTags.map((tag) => `${script.file} tags requests with "${tag}", which is none of its interactions`),
    ...(interactions.length > 0 && samples.length === 0 ? [`${script.file} tagged not one request`] : []),
    ...(droppedIterations > 0
      ? [`${whole(droppedIterations)} iterations of ${script.file} were dropped: no virtual user was free`]
      : []),
    ...(tool?.exit.includes('99') ? [`k6 ended with ${tool.exit}`] : []),
  ]
}
