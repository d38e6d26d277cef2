import { formatMs } from '../core/duration.ts'
import { feels } from '../fault/felt.ts'
import type { CanaryReading, FaultRecord } from '../fault/record.ts'
import type { WitnessPart } from './verdict.ts'

/** Whether Brownout's own probe felt the fault through each of its edges all the time, and neither before nor after. */
export function judgeCanary({ fault, edges, canary }: FaultRecord): WitnessPart {
  if (edges.length === 0) return { seen: false, text: 'no edge leads to it, so no canary went there' }
  const parts = edges.map((edge) => {
    const [before, during, after] = whens.map((when) =>
      canary.filter((each) => each.edge === edge && each.when === when),
    )
    const trouble = troubleOf(before ?? [], during ?? [], after ?? [])
    const tell = (readings: CanaryReading[] = []) => readings.map(described).join(' and ')
    return trouble === null
      ? { seen: true, text: `through ${edge} it ${tell(during)}; before it ${tell(before)}, after it ${tell(after)}` }
      : { seen: false, text: `through ${edge} it ${trouble}` }
  })
  const missing = parts.filter(({ seen }) => !seen)
  return { seen: missing.length === 0, text: (missing.length > 0 ? missing : parts).map(({ text }) => text).join('; ') }

  function troubleOf(before: CanaryReading[], during: CanaryReading[], after: CanaryReading[]): string | null {
    if (before.length === 0) return 'was not sent before the fault'
    const sick = before.find(({ outcome }) => outcome !== 'answered')
    if (sick) return `${described(sick)} before the fault`
    if (during.length === 0) return 'was not sent while the fault was in force'
    const unmoved = during.find((reading) => !feels(fault, reading, before[0]))
    if (unmoved) return `did not feel the fault: it ${described(unmoved)} while it was in force`
    if (after.length === 0) return 'was not sent after the fault'
    const still = after.find((reading) => reading.outcome !== 'answered' || feels(fault, reading, before[0]))
    return still ? `${described(still)} even after the fault` : null
  }
}

const whens = ['before', 'during', 'after'] as const

function described({ outcome, took, limitMs }: CanaryReading): string {
  switch (outcome) {
    case 'answered':
      return `was answered in ${formatMs(took)}`
    case 'silent':
      return `had no answer in ${formatMs(limitMs)}`
    case 'refused':
      return 'was refused'
    case 'reset':
      return 'was reset'
    case 'closed':
      return 'was hung up on'
  }
}
