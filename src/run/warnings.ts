import type { InteractionTerms } from '../contract/terms.ts'
import { resolveStance } from '../contract/resolve.ts'
import { formatMs, ms } from '../core/duration.ts'
import type { PlannedFault } from '../fault/plan.ts'
import type { Fault } from '../fault/vocabulary.ts'

/** About what the shortest of answers measures, its head included. */
const shortAnswerBytes = 200

/** What is allowed but probably not meant. */
export function planWarnings(
  faults: readonly PlannedFault[],
  played: readonly InteractionTerms[],
  timeoutMs: number,
): string[] {
  const warnings = new Set<string>()
  for (const { fault, felt, text } of faults) {
    const delayMs = usualDelayMs(fault)
    for (const interaction of played) {
      for (const condition of felt) {
        const stance = resolveStance(interaction, condition)
        if (stance === null) {
          warnings.add(
            `"${interaction.key}" takes no stance on "${condition.dependency}: ${condition.condition}": its normal half is demanded`,
          )
        } else if (stance.withinMs !== null && delayMs >= stance.withinMs) {
          warnings.add(
            `${text} is not shorter than the ${formatMs(stance.withinMs)} that "${interaction.key}" allows: if it waits, it feels as unavailable`,
          )
        }
      }
    }
    if (delayMs >= timeoutMs) warnings.add(`${text} is not shorter than the request time-out of ${formatMs(timeoutMs)}`)
  }
  return [...warnings]
}

/** By how much a fault moves on the end of a short answer; 0 for one that is no delay. */
function usualDelayMs(fault: Fault): number {
  if ('delay' in fault) return ms(fault.delay)
  return fault.kind === 'bandwidth' ? shortAnswerBytes / fault.rate : 0
}
