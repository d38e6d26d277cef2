import type { MachineReading, ScenarioRecord } from '../record/record.ts'
import type { PromiseVerdict } from './verdict.ts'

/** Of the machine's CPU time: nothing was left, and others had most of it. */
const full = 0.95
const mostOfIt = 0.6
/** Of the seconds of a scenario. */
const often = 0.25

/**
 * Why what was slow or lost may not be the system's doing: the machine had no CPU time left, and others than the run used
 * most of it. `null` when it had, when the system itself used it up, and where nobody could tell.
 */
export function whyCrowded({ machine = [] }: Pick<ScenarioRecord, 'machine'>): string | null {
  const crowded = machine.filter(isCrowded)
  if (crowded.length === 0 || crowded.length < machine.length * often) return null
  const others = crowded.reduce((sum, reading) => sum + reading.others, 0) / crowded.length
  const share = `${Math.round(others * 100)} %`
  return `the machine was full of other work: in ${crowded.length} of ${machine.length} s nothing of it was idle, and others used ${share} of it`
}

/** What was broken on such a machine proves nothing. Only what nobody may ever see has no such excuse. */
export function excuse<Found extends Pick<PromiseVerdict, 'promise' | 'status' | 'reason'>>(
  found: Found,
  crowded: string | null,
): Found {
  if (crowded === null || found.status !== 'broken' || found.promise.kind === 'never') return found
  return { ...found, status: 'undecided', reason: `undecided because ${crowded}: ${found.reason}` }
}

function isCrowded({ used, others }: MachineReading): boolean {
  return used >= full && others >= mostOfIt
}
