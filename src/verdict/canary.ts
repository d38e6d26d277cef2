import { formatMs } from '../core/duration.ts'
import { canBeFelt, type CanaryFault, feels, leastFeltMs, usualOf } from '../fault/felt.ts'
import type { CanaryReading, FaultRecord } from '../fault/record.ts'
import type { WitnessPart } from './verdict.ts'

/** What became of the canary on one edge, in the order it was sent. */
type Readings = Record<CanaryReading['when'], CanaryReading[]>

/** Whether Brownout's own probe felt the fault through each of its edges all the time, and neither before nor after. */
export function judgeCanary({ edges, canary }: FaultRecord, fault: CanaryFault): WitnessPart {
  if (edges.length === 0) return { seen: false, text: 'no edge leads there, so no canary was sent' }
  const parts = edges.map((edge) => {
    const sent = (when: CanaryReading['when']) => canary.filter((each) => each.edge === edge && each.when === when)
    const readings = { before: sent('before'), during: sent('during'), after: sent('after') }
    const trouble = troubleOf(fault, readings)
    return { seen: trouble === null, text: `the canary through ${edge} was ${trouble ?? summary(readings)}` }
  })
  const missing = parts.filter(({ seen }) => !seen)
  const told = missing.length > 0 ? missing : parts
  return { seen: missing.length === 0, text: told.map(({ text }) => text).join('; ') }
}

function troubleOf(fault: CanaryFault, { before, during, after }: Readings): string | null {
  const last = before.at(-1)
  if (last === undefined) return 'not sent before the fault'
  if (last.outcome !== 'answered') return `${outcomeOf(last)} even before the fault`
  const usual = usualOf(before)
  if (during.length === 0) return 'not sent while the fault was in force'
  const unmoved = during.find((reading) => !feels(fault, reading, usual))
  if (unmoved) return `${outcomeOf(unmoved)} while the fault was in force, ${whyUnfelt(fault, usual)}`
  if (after.length === 0) return 'not sent after the fault'
  const still = after.find((reading) => reading.outcome !== 'answered' || feels(fault, reading, usual))
  return still ? `${outcomeOf(still)} even after the fault` : null
}

function whyUnfelt(fault: CanaryFault, before: CanaryReading | undefined): string {
  const bytes = before?.bytes ?? 0
  const isTooSmall = bytes > 0 && !canBeFelt(fault, bytes)
  return isTooSmall ? `and an answer of ${bytes} bytes cannot show it` : 'which is not how it is felt'
}

function summary({ before, during, after }: Readings): string {
  const [was, felt, is] = [before, during, after].map((readings) => [...new Set(readings.map(outcomeOf))].join(' and '))
  return `${felt} while the fault was in force, ${was} before it and ${is} after it`
}

function outcomeOf({ outcome, took, closedAfter, limitMs }: CanaryReading): string {
  switch (outcome) {
    case 'answered':
      return `answered in ${formatMs(took)}${hungUp(closedAfter)}`
    case 'silent':
      return `unanswered in ${formatMs(limitMs)}`
    case 'closed':
      return 'hung up on'
    case 'refused':
    case 'reset':
      return outcome
  }
}

/** Only what a person would notice; as a rule the connection ends with the answer. */
function hungUp(closedAfter: number | null): string {
  return closedAfter === null || closedAfter < leastFeltMs ? '' : ` and hung up on ${formatMs(closedAfter)} later`
}
